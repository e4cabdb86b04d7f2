package dev.foretell.worker.onnx.call;

import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.tensor.InferRequest;
import dev.foretell.commons.tensor.InferResponse;
import dev.foretell.commons.tensor.TensorBinary;
import dev.foretell.commons.wire.Headers;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.worker.function.Answer;
import dev.foretell.worker.function.Batching.Outcome;
import dev.foretell.worker.function.CallBody;
import dev.foretell.worker.onnx.model.OnnxModel;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A loaded model, called as a function. Thread-safe, except {@link #close}: call it after the last call has ended. */
public final class HostedModel implements AutoCloseable {
    /** The headers that {@link #predict} needs. */
    public static final List<String> PREDICT_HEADERS = List.of(NativeReader.CONTENT_TYPE);
    /** The headers that {@link #infer} needs. */
    public static final List<String> INFER_HEADERS =
            List.of(lower(Headers.INFER_JSON_LENGTH), lower(Hosting.MODEL_HEADER));

    private static final String JSON = "application/json";
    private static final String BINARY = "application/octet-stream";

    private final OnnxModel model;
    private final NativeReader reader;
    private final JoinedRuns joined;

    public HostedModel(OnnxModel model) {
        this.model = model;
        this.reader = new NativeReader(model);
        this.joined = new JoinedRuns(model);
    }

    private static String lower(String header) {
        return header.toLowerCase(Locale.ROOT);
    }

    /**
     * Refuses what a file with a mistake in its metadata says of its columns.
     *
     * @throws ServingException INVALID_INPUT with the names that several columns have
     */
    public void requireDistinctColumns() {
        reader.requireDistinctColumns();
    }

    public OnnxModel model() {
        return model;
    }

    /**
     * One call in the native format.
     *
     * @throws ServingException INVALID_INPUT or MALFORMED with the problem
     */
    public Object predict(CallBody body) {
        return answer(body.readBy(reader));
    }

    private Object answer(InferenceInput question) {
        return question.form().of(model.run(question.inputs(), question.outputs()));
    }

    /**
     * One call in the protocol's format.
     *
     * @throws ServingException INVALID_INPUT or MALFORMED with the problem
     */
    public Answer infer(byte[] body, Map<String, String> headers) {
        int json = TensorBinary.jsonLength(headers.get(INFER_HEADERS.get(0)), body.length);
        InferRequest request = json == 0 ? InferRequest.raw(body, model.inputs()) : InferRequest.read(body, json);
        Map.Entry<String, String> named =
                OutputForm.nameAndVersion(headers.getOrDefault(INFER_HEADERS.get(1), "model"));
        InferResponse.Encoded answer = InferenceResponse.of(
                named.getKey(),
                named.getValue().isEmpty() ? null : named.getValue(),
                request,
                model.run(request.inputs(), request.outputNames()));
        return answer.jsonLength() < 0
                ? Answer.of(200, answer.bytes()).header("Content-Type", JSON)
                : Answer.of(200, answer.bytes())
                        .header("Content-Type", BINARY)
                        .header(Headers.INFER_JSON_LENGTH, Integer.toString(answer.jsonLength()));
    }

    /** Many calls in the native format; a failure affects only its own call. */
    public List<Outcome> predictAll(List<CallBody> calls) throws InterruptedException {
        return new BatchRun(model, joined, calls.size()).run(calls, reader);
    }

    @Override
    public void close() {
        model.close();
    }
}
