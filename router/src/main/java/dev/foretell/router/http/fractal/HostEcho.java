package dev.foretell.router.http.fractal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.time.Deadline;
import dev.foretell.commons.wire.Headers;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.router.admission.Priority;
import dev.foretell.router.predict.Answers;
import dev.foretell.router.predict.PredictCall;
import dev.foretell.router.predict.RouteTrace;
import dev.foretell.router.upstream.Answer;
import dev.foretell.router.upstream.AttemptFailure;
import dev.foretell.router.upstream.CallAbort;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code POST /api/test/sendtomodelhost}: sends each item to a model host through the balancer, and tells which host took
 * which. Each event loop has one.
 */
final class HostEcho {
    private static final int MOST_ITEMS = 100;

    private final Answers answers;

    HostEcho(Answers answers) {
        this.answers = answers;
    }

    Future<Object> send(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        Deadline deadline = answers.deadline(request.getHeader(Headers.TIMEOUT_MS));
        List<CallAbort> aborts = new ArrayList<>();
        request.response().closeHandler(gone -> aborts.forEach(abort -> abort.abort(AttemptFailure.Reason.CANCELLED)));
        return JsonBodies.read(request)
                .map(HostEcho::items)
                .compose(items -> Future.all(
                        items.stream().map(item -> sent(item, deadline, aborts)).toList()))
                .recover(HostEcho::noHost)
                .map(all -> HttpStatus.ok("OK").with("responses", all.list()));
    }

    private static List<JsonNode> items(JsonNode body) {
        JsonNode data = body.path("data");
        if (!data.isArray() || data.isEmpty() || data.size() > MOST_ITEMS) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT, "data is missing: a list of 1 to " + MOST_ITEMS + " items");
        }
        List<JsonNode> items = new ArrayList<>();
        data.forEach(items::add);
        return items;
    }

    private Future<Map<String, Object>> sent(JsonNode item, Deadline deadline, List<CallAbort> aborts) {
        CallAbort abort = new CallAbort();
        aborts.add(abort);
        PredictCall call = new PredictCall(
                Hosting.TYPE,
                Hosting.IDENTITY,
                Buffer.buffer(Json.write(Map.of("item", item))),
                null,
                Priority.NORMAL,
                deadline,
                abort,
                true,
                RouteTrace.OFF,
                null);
        return answers.answer(deadline, abort, Future.succeededFuture(call)).map(answer -> took(item, answer));
    }

    private static Map<String, Object> took(JsonNode item, Answer answer) {
        JsonNode said = Json.readTree(answer.body().getBytes());
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("item", item);
        view.put("modelhost", said.path("modelhost"));
        return view;
    }

    private static <T> Future<T> noHost(Throwable failure) {
        boolean none = failure instanceof ServingException known && known.kind() == FailureKind.MODEL_NOT_FOUND;
        return Future.failedFuture(
                none
                        ? new ServingException(
                                FailureKind.NO_WORKER,
                                "no model host is registered; start one with: foretell host --router URL")
                        : failure);
    }
}
