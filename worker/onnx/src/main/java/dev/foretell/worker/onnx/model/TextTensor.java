package dev.foretell.worker.onnx.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.foretell.commons.tensor.Tensor;
import java.util.Map;

/**
 * A tensor of texts that the runtime itself creates from a model that only contains it. The runtime's Java API uses
 * Java's modified UTF-8, which encodes characters beyond the first plane (emoji, rare ideographs) and NUL differently.
 * Takes a few hundred microseconds. Confined to one thread.
 */
final class TextTensor implements AutoCloseable {
    private static final String OUT = "y";
    private static final int STRING = 8;

    private final OrtSession session;
    private final OrtSession.Result result;

    private TextTensor(OrtSession session, OrtSession.Result result) {
        this.session = session;
        this.result = result;
    }

    static TextTensor of(Tensor tensor) throws OrtException {
        try (OrtSession.SessionOptions options = TextModels.options()) {
            OrtSession session = NativeRuntime.environment().createSession(file(tensor), options);
            try {
                return new TextTensor(session, session.run(Map.of()));
            } catch (OrtException | RuntimeException e) {
                session.close();
                throw e;
            }
        }
    }

    OnnxTensor tensor() {
        return (OnnxTensor) result.get(0);
    }

    private static byte[] file(Tensor tensor) {
        ProtoWriter texts = new ProtoWriter();
        for (long length : tensor.shape()) {
            texts.number(1, length);
        }
        texts.number(2, STRING);
        tensor.strings().forEach(text -> texts.part(6, text));
        ProtoWriter value = new ProtoWriter().text(1, "value").part(5, texts).number(20, 4);
        ProtoWriter constant =
                new ProtoWriter().text(2, OUT).text(4, "Constant").part(5, value);
        return TextModels.file(
                new ProtoWriter().part(1, constant).text(2, "texts").part(12, TextModels.value(OUT, STRING)));
    }

    @Override
    public void close() throws OrtException {
        result.close();
        session.close();
    }
}
