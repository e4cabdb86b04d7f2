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

/** A loaded model, called as a function. Thread-safe, but for {@link #close}: not before the last call is over. */
public final class HostedModel implements AutoCloseable {
    /** Headers that {@link #predict} is to be given. */
    public static final List<String> PREDICT_HEADERS = List.of(NativeReader.CONTENT_TYPE);
    /** Headers that {@link #infer} is to be given. */
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

    public OnnxModel model() {
        return model;
    }

    /**
     * One call in the native form.
     *
     * @throws ServingException INVALID_INPUT or MALFORMED saying what is wrong with it
     */
    public Object predict(CallBody body) {
        return answer(body.readBy(reader));
    }

    private Object answer(InferenceInput question) {
        return question.form().of(model.run(question.inputs(), question.outputs()));
    }

    /**
     * One call in the protocol's form.
     *
     * @throws ServingException INVALID_INPUT or MALFORMED saying what is wrong with it
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

    /** Many calls in the native form; one's failure is its own. */
    public List<Outcome> predictAll(List<CallBody> calls) throws InterruptedException {
        return new BatchRun(model, joined, calls.size()).run(calls, reader);
    }

    @Override
    public void close() {
        model.close();
    }
}
