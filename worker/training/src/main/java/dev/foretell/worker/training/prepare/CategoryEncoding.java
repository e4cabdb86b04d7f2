package dev.foretell.worker.training.prepare;

import dev.foretell.worker.training.onnx.OnnxGraph;
import dev.foretell.worker.training.onnx.OnnxNode;
import dev.foretell.worker.training.table.CategoryColumn;
import dev.foretell.worker.training.table.Column;
import dev.foretell.worker.training.table.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One number per category: 1 for the row's own category, 0 for the others (one-hot). A category unknown to the training gives 0
 * everywhere. So does a missing value, unless values were missing in training: then "missing" is a category of its own, the
 * last.
 */
record CategoryEncoding(String name, List<String> categories, boolean knowsMissing) implements Encoding {
    private static final int UNKNOWN = -1;

    static CategoryEncoding learn(CategoryColumn column) {
        int[] present = Arrays.stream(column.codes()).distinct().toArray();
        List<String> categories = Arrays.stream(present)
                .filter(code -> code != CategoryColumn.MISSING)
                .mapToObj(column.categories()::get)
                .sorted()
                .toList();
        return new CategoryEncoding(
                column.name(), categories, Arrays.stream(present).anyMatch(code -> code == CategoryColumn.MISSING));
    }

    @Override
    public int width() {
        return categories.size() + (knowsMissing ? 1 : 0);
    }

    @Override
    public double fill() {
        return 0;
    }

    @Override
    public void encode(Column column, double[][] rows, int at) {
        CategoryColumn texts = (CategoryColumn) column;
        int[] places = texts.categories().stream().mapToInt(this::place).toArray();
        for (int i = 0; i < rows.length; i++) {
            int code = texts.codes()[i];
            int place = code == CategoryColumn.MISSING ? missing() : places[code];
            if (place != UNKNOWN) {
                rows[i][at + place] = 1;
            }
        }
    }

    @Override
    public int[] places(Column column) {
        return IntStream.concat(
                        ((CategoryColumn) column).categories().stream().mapToInt(this::place), IntStream.of(missing()))
                .toArray();
    }

    private int place(String category) {
        if (Words.isMissing(category)) {
            return missing();
        }
        int found = Collections.binarySearch(categories, category);
        return found < 0 ? UNKNOWN : found;
    }

    private int missing() {
        return knowsMissing ? categories.size() : UNKNOWN;
    }

    @Override
    public String export(OnnxGraph graph) {
        graph.textInput(name);
        String places = graph.add(places());
        String found = graph.add(
                OnnxNode.of("Gather", graph.matrix(ones(), width()), places).with("axis", 0));
        return graph.add(OnnxNode.of("Reshape", found, graph.longs(-1, width())));
    }

    private OnnxNode places() {
        List<String> texts = new ArrayList<>(categories);
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < categories.size(); i++) {
            places.add(i);
        }
        if (knowsMissing) {
            texts.addAll(Words.MISSING);
            places.addAll(Collections.nCopies(Words.MISSING.size(), categories.size()));
        }
        return OnnxNode.ml("LabelEncoder", name)
                .withTexts("keys_strings", texts)
                .withInts(
                        "values_int64s",
                        places.stream().mapToInt(Integer::intValue).toArray())
                .with("default_int64", width());
    }

    /** One row per category; the last row, of zeros, is for unknown categories. */
    private double[][] ones() {
        double[][] ones = new double[width() + 1][width()];
        for (int i = 0; i < width(); i++) {
            ones[i][i] = 1;
        }
        return ones;
    }
}
