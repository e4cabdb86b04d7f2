package dev.foretell.router.http.oip;

import dev.foretell.commons.time.Deadline;
import dev.foretell.commons.wire.Headers;
import dev.foretell.router.admission.Priority;
import dev.foretell.router.http.edge.AccessLog;
import dev.foretell.router.http.predict.PredictExchange;
import dev.foretell.router.predict.PredictService;
import dev.foretell.router.predict.call.CallContext;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.call.RequestOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One inference request and its calls. Confined to its event loop. */
final class InferCall {
    private final HttpServerRequest request;
    private final Buffer body;
    private final int jsonLength;
    private final PredictService answers;
    private final List<CallContext> calls = new ArrayList<>(1);
    private Deadline deadline;
    private Priority priority;
    private @Nullable String members;

    /** @param jsonLength the length of the JSON part; -1 for the whole body, 0 if the body is raw data */
    InferCall(
            HttpServerRequest request,
            Buffer body,
            int jsonLength,
            Deadline deadline,
            PredictService answers,
            AccessLog log) {
        this.request = request;
        this.body = body;
        this.jsonLength = jsonLength;
        this.answers = answers;
        this.deadline = deadline;
        this.priority = Priority.of(request.getHeader(Headers.PRIORITY));
        log.follow(request, deadline, calls);
    }

    HttpServerRequest request() {
        return request;
    }

    Buffer body() {
        return body;
    }

    int jsonLength() {
        return jsonLength;
    }

    Deadline deadline() {
        return deadline;
    }

    /** The parameters of the body have precedence over headers. */
    void wishes(RequestParameters wishes) {
        if (wishes.timeoutMillis() > 0) {
            deadline = answers.deadline(Long.toString(wishes.timeoutMillis()));
        }
        Priority wanted = wishes.priority();
        priority = wanted == null ? priority : wanted;
    }

    /** Creates one of its calls. */
    PredictCall call(String type, String modelId, Buffer data, RequestOptions options) {
        CallContext context = new CallContext(deadline, request.headers());
        calls.add(context);
        return new PredictCall(
                type, modelId, data, PredictExchange.preferences(request, answers, priority), context, options);
    }

    /**
     * One of its calls was answered by an ensemble, with this many of its members, such as {@code 4/5}: the fewest over all calls
     * count.
     *
     * @param given null if it was not an ensemble
     */
    void addMembers(@Nullable String given) {
        if (given != null && (members == null || present(given) < present(members))) {
            members = given;
        }
    }

    private static int present(String members) {
        return Integer.parseInt(members.substring(0, members.indexOf('/')));
    }

    /** The members that answered, of an ensemble; null for any other model. */
    @Nullable
    String members() {
        return members;
    }

    /** Cancels all its calls. */
    void abort() {
        calls.forEach(call -> call.cancellation().abort(AttemptFailure.Reason.CANCELLED));
    }
}
