package dev.foretell.worker.onnx.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The parts of a model's file that the runtime's Java API does not expose. Used once, at load; skips weights. */
final class GraphWords {
    private static final int MAX_DEPTH = 16;

    /** Class labels (texts or numbers) in the model's order, by the output with a map from them. */
    final Map<String, List<Object>> labels = new HashMap<>();
    /** The element types of inputs and outputs by name. */
    private final Map<String, ElementWords> elements = new HashMap<>();
    /** Those of them that the runtime's Java cannot take at all. */
    final OddKinds oddKinds = new OddKinds();
    /** Whether a text has a character that Java's modified UTF-8 encodes differently. */
    boolean hasOddTexts;

    private GraphWords() {}

    /** The element type of an input or output, as far as the file has it. */
    ElementWords elementsOf(String name) {
        return elements.getOrDefault(name, ElementWords.NONE);
    }

    /** Accepts any file; the runtime reports better whether it is a model. */
    static GraphWords of(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return of(channel.map(FileChannel.MapMode.READ_ONLY, 0, Math.min(channel.size(), Integer.MAX_VALUE)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static GraphWords of(ByteBuffer file) {
        GraphWords words = new GraphWords();
        try {
            ProtoReader model = new ProtoReader(file.duplicate());
            while (model.next()) {
                if (model.field() == 7) {
                    words.graph(model.part(), 0);
                }
            }
        } catch (RuntimeException noModel) {
            return new GraphWords();
        }
        return words;
    }

    private void graph(ByteBuffer bytes, int depth) {
        ProtoReader graph = new ProtoReader(bytes);
        while (graph.next()) {
            switch (graph.field()) {
                case 1 -> node(graph.part(), depth);
                case 5 -> tensor(graph.part());
                case 11, 12 -> {
                    if (depth == 0) {
                        ElementWords.read(graph.part(), elements);
                        oddKinds.read(graph.part());
                    }
                }
                default -> {}
            }
        }
    }

    private void node(ByteBuffer bytes, int depth) {
        String operator = "";
        List<String> outputs = new ArrayList<>();
        List<Object> classes = new ArrayList<>();
        ProtoReader node = new ProtoReader(bytes);
        while (node.next()) {
            switch (node.field()) {
                case 2 -> outputs.add(node.text());
                case 4 -> operator = node.text();
                case 5 -> attribute(node.part(), classes, depth);
                default -> {}
            }
        }
        if (operator.equals("ZipMap") && outputs.size() == 1 && depth == 0) {
            labels.put(outputs.get(0), List.copyOf(classes));
        }
    }

    private void attribute(ByteBuffer bytes, List<Object> classes, int depth) {
        String name = "";
        List<Object> values = new ArrayList<>();
        ProtoReader attribute = new ProtoReader(bytes);
        while (attribute.next()) {
            switch (attribute.field()) {
                case 1 -> name = attribute.text();
                case 4, 9 -> {
                    note(attribute.part());
                    if (attribute.field() == 9) {
                        values.add(attribute.text());
                    }
                }
                case 8 -> ProtoReader.numbers(attribute, values::add);
                case 5, 10 -> tensor(attribute.part());
                case 6, 11 -> {
                    if (depth < MAX_DEPTH) {
                        graph(attribute.part(), depth + 1);
                    }
                }
                default -> {}
            }
        }
        if (name.equals("classlabels_strings") || name.equals("classlabels_int64s")) {
            classes.addAll(values);
        }
    }

    private void tensor(ByteBuffer bytes) {
        ProtoReader tensor = new ProtoReader(bytes);
        while (tensor.next()) {
            if (tensor.field() == 6) {
                note(tensor.part());
            }
        }
    }

    private void note(ByteBuffer text) {
        hasOddTexts |= Texts.isOdd(text);
    }
}
