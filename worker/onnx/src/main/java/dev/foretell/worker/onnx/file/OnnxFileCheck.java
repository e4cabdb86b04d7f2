package dev.foretell.worker.onnx.file;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;

/**
 * Looks through a model file before anything loads it: it must be one ONNX model, whole, with all of its weights inside. A
 * model whose tensors lie in other files could read any file of the machine that loads it. The file is looked at in place:
 * what it costs does not grow with its weights.
 */
public final class OnnxFileCheck {
    private static final int DEEPEST = 64;
    private static final int IR_VERSION = 1;
    private static final int GRAPH = 7;
    private static final int OPERATORS = 8;
    private static final int EXTERNAL_DATA = 13;
    private static final int DATA_LOCATION = 14;
    /** Fields of a model that are messages or text, of those that there are so far. */
    private static final Set<Integer> TEXTS = Set.of(2, 3, 4, 6, GRAPH, OPERATORS, 14, 20, 25, 26);

    private OnnxFileCheck() {}

    /**
     * Makes sure that a file is a model that can be loaded alone.
     *
     * @throws ServingException {@link FailureKind#INVALID_INPUT} saying what it is instead
     */
    public static void require(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw refused(
                        "the file is larger than 2 GiB, the most that an ONNX model can be without external data");
            }
            require(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
        }
    }

    static void require(ByteBuffer file) {
        if (file.limit() == 0) {
            throw refused("the file is empty");
        }
        if (isOrtFormat(file)) {
            throw refused("the file is in ONNX Runtime's own format (.ort): only .onnx files are taken");
        }
        new Walk().model(new WireMessage(file));
    }

    private static boolean isOrtFormat(ByteBuffer file) {
        byte[] mark = new byte[4];
        if (file.limit() < 8) {
            return false;
        }
        file.get(4, mark);
        return new String(mark, StandardCharsets.ISO_8859_1).equals("ORTM");
    }

    /** One way through a file. */
    private static final class Walk {
        private boolean hasVersion;
        private boolean hasGraph;
        private boolean hasOperators;

        void model(WireMessage model) {
            try {
                while (model.next()) {
                    modelField(model);
                }
            } catch (WireMessage.BrokenException e) {
                throw hasVersion && e.isCut() && TEXTS.contains(model.field()) ? cut() : notOnnx();
            }
            if (!hasVersion || !hasGraph) {
                throw notOnnx();
            }
            if (!hasOperators) {
                throw cut();
            }
        }

        private void modelField(WireMessage model) {
            hasVersion |= model.field() == IR_VERSION && model.isNumber();
            hasGraph |= model.field() == GRAPH && model.isBytes();
            hasOperators |= model.field() == OPERATORS && model.isBytes();
            OnnxPart part = OnnxPart.MODEL.in(model.field());
            if (part != null && model.isBytes()) {
                nested(part, model.message());
            }
        }

        private static void nested(OnnxPart part, WireMessage message) {
            try {
                walk(part, message, 1);
            } catch (WireMessage.BrokenException e) {
                throw refused("the file is damaged: its model makes no sense");
            }
        }

        private static void walk(OnnxPart part, WireMessage message, int depth) {
            if (depth > DEEPEST) {
                throw refused("the model's graphs are nested too deep");
            }
            while (message.next()) {
                if (part == OnnxPart.TENSOR) {
                    requireInside(message);
                } else if (message.isBytes()) {
                    OnnxPart inner = part.in(message.field());
                    if (inner != null) {
                        walk(inner, message.message(), depth + 1);
                    }
                }
            }
        }

        /** As protobuf does it, the number of an enumeration is cut to 32 bits. */
        private static void requireInside(WireMessage tensor) {
            boolean elsewhere = tensor.field() == DATA_LOCATION && tensor.isNumber() && (int) tensor.number() != 0;
            if (elsewhere || tensor.field() == EXTERNAL_DATA) {
                throw refused("the model has external data: its weights lie in other files; save it as a single file");
            }
        }
    }

    private static ServingException cut() {
        return refused("the file is cut short: it ends in the middle of the model");
    }

    private static ServingException notOnnx() {
        return refused("the file is not an ONNX model");
    }

    private static ServingException refused(String why) {
        return new ServingException(FailureKind.INVALID_INPUT, why);
    }
}
