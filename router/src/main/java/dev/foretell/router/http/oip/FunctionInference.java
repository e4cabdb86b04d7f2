package dev.foretell.router.http.oip;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.tensor.InferRequest;
import dev.foretell.commons.tensor.InferResponse;
import dev.foretell.commons.tensor.Tensor;
import dev.foretell.commons.wire.Headers;
import dev.foretell.router.http.edge.RequestId;
import dev.foretell.router.http.message.BackgroundWork;
import dev.foretell.router.http.oip.model.ArgumentsModel;
import dev.foretell.router.predict.PredictService;
import dev.foretell.router.upstream.call.CallMemory;
import dev.foretell.router.upstream.call.ResponseMemory;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Map;

/** Inference by a function: tensors become its named arguments, and its results become tensors. */
record FunctionInference(PredictService answers, BackgroundWork work, ResponseMemory responses) {
    private static final ServingException TOO_LONG = new ServingException(
            FailureKind.INVALID_INPUT,
            "the results of all rows are longer than the router's memory for responses: send fewer rows at once");

    /** The request and the arguments of the calls. */
    private record Asked(InferRequest request, FunctionArguments arguments) {}

    Future<Object> infer(ArgumentsModel model, InferCall call) {
        return work.runIfLong(call.body().length(), () -> ask(model, call)).compose(asked -> run(model, call, asked));
    }

    private static Asked ask(ArgumentsModel model, InferCall call) {
        InferRequest request = read(model, call);
        return new Asked(request, FunctionArguments.of(request.inputs(), model.signature()));
    }

    private Future<Object> run(ArgumentsModel model, InferCall call, Asked asked) {
        call.wishes(RequestParameters.of(asked.request().parameters()));
        CallMemory memory = new CallMemory(responses, TOO_LONG);
        return Future.succeededFuture(asked.arguments())
                .compose(arguments -> new FunctionCalls(answers, model.key(), arguments, call, memory).run())
                .compose(results -> {
                    memory.takeAgain();
                    return write(model, asked.request(), asked.arguments().areRows(), results, call);
                })
                .onComplete(sent -> memory.close());
    }

    private static InferRequest read(ArgumentsModel model, InferCall call) {
        byte[] body = call.body().getBytes();
        return call.jsonLength() == 0
                ? InferRequest.raw(body, model.inputs())
                : InferRequest.read(body, call.jsonLength());
    }

    /** Completes when the caller has the response, or has hung up. */
    private static Future<Object> write(
            ArgumentsModel model, InferRequest asked, boolean rows, List<JsonNode> results, InferCall call) {
        List<Tensor> outputs = new FunctionResults(model.signature()).tensors(results, rows);
        InferResponse.Encoded encoded =
                new InferResponse(model.name(), null, asked.id(), Map.of(), outputs).encode(asked);
        HttpServerResponse response = call.request().response();
        if (response.ended() || response.closed()) {
            return Future.succeededFuture(encoded);
        }
        head(call, encoded.jsonLength());
        return response.end(Buffer.buffer(encoded.bytes())).transform(sent -> Future.succeededFuture(encoded));
    }

    private static void head(InferCall call, int jsonLength) {
        HttpServerResponse response = call.request().response();
        String members = call.members();
        if (members != null) {
            response.putHeader(Headers.ENSEMBLE_MEMBERS, members);
        }
        RequestId.find(call.request()).ifPresent(id -> response.putHeader(Headers.REQUEST_ID, id));
        if (jsonLength < 0) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        } else {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/octet-stream")
                    .putHeader(Headers.INFER_JSON_LENGTH, Integer.toString(jsonLength));
        }
    }
}
