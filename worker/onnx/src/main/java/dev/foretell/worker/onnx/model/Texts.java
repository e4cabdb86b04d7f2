package dev.foretell.worker.onnx.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the texts of tensors unchanged. The runtime's Java API decodes them as modified UTF-8, and garbles characters
 * beyond the first plane and everything after a NUL. If that is possible, the runtime itself compares the decoded text
 * with the original, and returns each character of a different text with an invertible hash. Thread-safe.
 */
final class Texts implements AutoCloseable {
    private static final int STRING = 8;
    private static final int BOOL = 9;
    private static final int UINT32 = 12;
    private static final int INT64 = 7;

    private @Nullable OrtSession equal;
    private @Nullable OrtSession characters;

    /** Whether Java's modified UTF-8 encodes a character of a text differently. */
    static boolean isOdd(ByteBuffer text) {
        for (int i = text.position(); i < text.limit(); i++) {
            if (text.get(i) == 0 || (text.get(i) & 0xf8) == 0xf0) {
                return true;
            }
        }
        return false;
    }

    /**
     * All texts of a tensor in UTF-8, in row-major order.
     *
     * @param mayBeOdd whether there may be such characters, whatever was decoded
     */
    List<byte[]> read(String name, OnnxTensor tensor, boolean mayBeOdd) throws OrtException {
        List<String> read = new ArrayList<>();
        flatten(tensor.getValue(), read);
        List<byte[]> texts = new ArrayList<>(read.size());
        read.forEach(text -> texts.add(text.getBytes(StandardCharsets.UTF_8)));
        if (!read.isEmpty() && (mayBeOdd || read.stream().anyMatch(Texts::seemsGarbled))) {
            correct(name, tensor, read, texts);
        }
        return texts;
    }

    /**
     * A character beyond the first plane starts with one of the bytes for these Latin-1 characters, and is decoded as
     * one of them.
     */
    private static boolean seemsGarbled(String text) {
        return text.chars().anyMatch(c -> c >= 0xf0 && c <= 0xf7);
    }

    private static void flatten(Object value, List<String> texts) {
        if (value instanceof Object[] values) {
            for (Object one : values) {
                flatten(one, texts);
            }
        } else {
            texts.add(value.toString());
        }
    }

    private void correct(String name, OnnxTensor tensor, List<String> read, List<byte[]> texts) throws OrtException {
        byte[] same = same(tensor, read);
        for (int i = 0; i < same.length; i++) {
            if (same[i] == 0) {
                texts.set(i, exact(name, tensor, i));
            }
        }
    }

    private byte[] same(OnnxTensor tensor, List<String> read) throws OrtException {
        OrtEnvironment environment = NativeRuntime.environment();
        try (OnnxTensor again =
                        OnnxTensor.createTensor(environment, read.toArray(String[]::new), new long[] {read.size()});
                OrtSession.Result result = equal().run(Map.of("x", tensor, "z", again))) {
            byte[] same = new byte[read.size()];
            ((OnnxTensor) result.get(0)).getByteBuffer().get(same);
            return same;
        }
    }

    private byte[] exact(String name, OnnxTensor tensor, int index) throws OrtException {
        OrtEnvironment environment = NativeRuntime.environment();
        try (OnnxTensor at = OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[] {index}), new long[] {1});
                OrtSession.Result result = characters().run(Map.of("x", tensor, "i", at))) {
            String[][] read = (String[][]) result.get(0).getValue();
            ByteBuffer hashes = ((OnnxTensor) result.get(1)).getByteBuffer();
            StringBuilder text = new StringBuilder();
            for (String character : read[0]) {
                text.append(CharacterHash.character(character, hashes.getInt()));
            }
            return text.toString().getBytes(StandardCharsets.UTF_8);
        } catch (OrtException e) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT, "the output '" + name + "' has text that is not UTF-8", e);
        }
    }

    private synchronized OrtSession equal() throws OrtException {
        if (equal == null) {
            equal = session(flat().part(1, TextModels.node("Equal", "", "f", "z", "e"))
                    .part(11, TextModels.value("z", STRING))
                    .part(12, TextModels.value("e", BOOL)));
        }
        return equal;
    }

    private synchronized OrtSession characters() throws OrtException {
        if (characters == null) {
            ProtoWriter split = TextModels.node("Tokenizer", "com.microsoft", "g", "t")
                    .part(5, new ProtoWriter().text(1, "mark").number(3, 0).number(20, 2))
                    .part(
                            5,
                            new ProtoWriter().text(1, "mincharnum").number(3, 1).number(20, 2))
                    .part(5, new ProtoWriter().text(1, "pad_value").text(4, "").number(20, 3))
                    .part(5, new ProtoWriter().text(1, "separators").text(9, "").number(20, 8));
            characters = session(flat().part(1, TextModels.node("Gather", "", "f", "i", "g"))
                    .part(1, split)
                    .part(1, TextModels.node("MurmurHash3", "com.microsoft", "t", "h"))
                    .part(11, TextModels.value("i", INT64))
                    .part(12, TextModels.value("t", STRING))
                    .part(12, TextModels.value("h", UINT32)));
        }
        return characters;
    }

    private static ProtoWriter flat() {
        return new ProtoWriter()
                .text(2, "texts")
                .part(1, TextModels.node("Reshape", "", "x", "all", "f"))
                .part(5, TextModels.numbers("all", -1))
                .part(11, TextModels.value("x", STRING));
    }

    private static OrtSession session(ProtoWriter graph) throws OrtException {
        try (OrtSession.SessionOptions options = TextModels.options()) {
            return NativeRuntime.environment().createSession(TextModels.file(graph), options);
        }
    }

    @Override
    public synchronized void close() throws OrtException {
        if (equal != null) {
            equal.close();
        }
        if (characters != null) {
            characters.close();
        }
    }
}
