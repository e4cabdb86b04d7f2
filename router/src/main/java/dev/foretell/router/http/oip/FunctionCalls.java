package dev.foretell.router.http.oip;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.wire.Headers;
import dev.foretell.router.predict.PredictService;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.upstream.call.CallMemory;
import dev.foretell.router.upstream.call.PlainBody;
import dev.foretell.router.upstream.call.RequestOptions;
import dev.foretell.router.upstream.call.Response;
import dev.foretell.router.upstream.call.ResponseStream;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Arrays;
import java.util.List;

/**
 * The calls of one request to one function, several at once. The first failure ends them all. Used once, on its event
 * loop.
 */
final class FunctionCalls {
    private static final int MAX_AT_ONCE = 32;
    /** A call's context, which the access log keeps until the end of the request, and the places for its result. */
    private static final int ROW_BYTES = 400;

    private static final int BODY_COPIES = 2;

    private final PredictService answers;
    private final ModelKey model;
    private final FunctionArguments arguments;
    private final InferCall call;
    private final CallMemory memory;
    private final JsonNode[] results;
    private final Promise<List<JsonNode>> done = Promise.promise();
    private int begun;
    private int ended;
    private boolean beginning;

    /** @param memory takes the results, until its owner closes it */
    FunctionCalls(
            PredictService answers, ModelKey model, FunctionArguments arguments, InferCall call, CallMemory memory) {
        memory.take((long) ROW_BYTES * arguments.calls());
        this.memory = memory;
        this.answers = answers;
        this.model = model;
        this.arguments = arguments;
        this.call = call;
        this.results = new JsonNode[arguments.calls()];
    }

    /** The function's results, in the order of the rows. */
    Future<List<JsonNode>> run() {
        goOn();
        return done.future();
    }

    /** Some calls end before all have started. */
    private void goOn() {
        if (beginning) {
            return;
        }
        beginning = true;
        while (begun < results.length
                && begun - ended < MAX_AT_ONCE
                && !done.future().isComplete()) {
            begin(begun++);
        }
        beginning = false;
    }

    private void begin(int row) {
        try {
            PredictCall one = call.call(model.type(), model.name(), arguments.of(row), RequestOptions.USUAL);
            answers.answer(one.context(), Future.succeededFuture(one))
                    .map(this::read)
                    .onComplete(result -> onEnd(row, result));
        } catch (Throwable e) {
            fail(e);
        }
    }

    private JsonNode read(Response response) {
        call.addMembers(response.headers().get(Headers.ENSEMBLE_MEMBERS));
        ResponseStream rest = response.rest();
        if (rest != null) {
            rest.giveUp(ResponseStream.End.CANCELLED);
            throw new Unsupported("the function's response is a stream, or too long for a tensor");
        }
        return tree(response);
    }

    private JsonNode tree(Response response) {
        long body = (long) BODY_COPIES
                * (PlainBody.isCompressed(response.headers())
                        ? PlainBody.MAX_BYTES
                        : response.body().length());
        memory.take(body);
        try {
            return memory.readTree(PlainBody.of(response.headers(), response.body()));
        } finally {
            memory.giveBack(body);
        }
    }

    private void onEnd(int row, AsyncResult<JsonNode> result) {
        ended++;
        if (result.failed()) {
            fail(result.cause());
            return;
        }
        results[row] = result.result();
        if (ended == results.length) {
            done.tryComplete(Arrays.asList(results));
        } else {
            goOn();
        }
    }

    private void fail(Throwable why) {
        if (done.tryFail(why)) {
            call.abort();
        }
    }
}
