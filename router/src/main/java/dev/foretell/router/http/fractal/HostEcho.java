package dev.foretell.router.http.fractal;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.time.Deadline;
import dev.foretell.commons.wire.Headers;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.router.predict.PredictService;
import dev.foretell.router.predict.call.CallContext;
import dev.foretell.router.predict.call.CallPreferences;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.call.Cancellation;
import dev.foretell.router.upstream.call.RequestOptions;
import dev.foretell.router.upstream.call.Response;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code POST /api/test/sendtomodelhost}: sends each item to a model host through the balancer, and returns the host of
 * each item. Each event loop has one.
 */
final class HostEcho {
    /** The response of {@code sendtomodelhost}. */
    private record Echoes(@JsonProperty("http_status") HttpStatus status, List<Echo> responses) {}

    /** An item and its host. */
    private record Echo(JsonNode item, JsonNode modelhost) {}

    private record Sent(JsonNode item) {}

    private static final int MAX_ITEMS = 100;

    private final PredictService answers;

    HostEcho(PredictService answers) {
        this.answers = answers;
    }

    Future<Object> send(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        Deadline deadline = answers.deadline(request.getHeader(Headers.TIMEOUT_MS));
        List<Cancellation> cancellations = new ArrayList<>();
        request.response()
                .closeHandler(gone ->
                        cancellations.forEach(cancellation -> cancellation.abort(AttemptFailure.Reason.CANCELLED)));
        return JsonBodies.read(request)
                .map(HostEcho::items)
                .compose(items -> Future.all(items.stream()
                        .map(item -> send(item, deadline, cancellations))
                        .toList()))
                .recover(HostEcho::noHost)
                .map(all -> new Echoes(HttpStatus.ok("OK"), all.list()));
    }

    private static List<JsonNode> items(JsonNode body) {
        JsonNode data = body.path("data");
        if (!data.isArray() || data.isEmpty() || data.size() > MAX_ITEMS) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT, "data is missing: a list of 1 to " + MAX_ITEMS + " items");
        }
        List<JsonNode> items = new ArrayList<>();
        data.forEach(items::add);
        return items;
    }

    private Future<Echo> send(JsonNode item, Deadline deadline, List<Cancellation> cancellations) {
        CallContext context = CallContext.own(deadline);
        cancellations.add(context.cancellation());
        PredictCall call = new PredictCall(
                Hosting.TYPE,
                Hosting.IDENTITY,
                Buffer.buffer(Json.write(new Sent(item))),
                CallPreferences.OWN,
                context,
                RequestOptions.USUAL);
        return answers.answer(context, Future.succeededFuture(call)).map(response -> toResult(item, response));
    }

    private static Echo toResult(JsonNode item, Response response) {
        JsonNode given = Json.readTree(response.body().getBytes());
        return new Echo(item, given.path("modelhost"));
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
