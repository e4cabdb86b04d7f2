package dev.foretell.examples.models;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A model file in ONNX Runtime, for tests. */
final class Onnx implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    Onnx(byte[] file) throws OrtException {
        session = environment.createSession(file);
    }

    /** What an output makes of rows. */
    Object run(String output, float[] rows, long... shape) throws OrtException {
        String input = session.getInputNames().iterator().next();
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(rows), shape);
                OrtSession.Result result = session.run(Map.of(input, tensor))) {
            return Optional.ofNullable(result.get(output).orElseThrow().getValue())
                    .orElseThrow();
        }
    }

    long[] inputShape() throws OrtException {
        return ((TensorInfo) session.getInputInfo().values().iterator().next().getInfo()).getShape();
    }

    Map<String, String> metadata() throws OrtException {
        return session.getMetadata().getCustomMetadata();
    }

    List<String> outputs() {
        return List.copyOf(session.getOutputNames());
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
