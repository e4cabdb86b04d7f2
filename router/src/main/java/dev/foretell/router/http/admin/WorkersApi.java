package dev.foretell.router.http.admin;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.wire.Headers;
import dev.foretell.router.http.message.BackgroundWork;
import dev.foretell.router.http.message.ChunkedResponse;
import dev.foretell.router.http.message.QueryText;
import dev.foretell.router.routing.DrainOrders;
import dev.foretell.router.upstream.pool.Endpoint;
import dev.foretell.router.upstream.pool.WorkerHost;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /v1/workers}: how the workers are, and the order that one gets no new calls. */
public final class WorkersApi {
    private static final Pattern WAIT = Pattern.compile("(\\d{1,6})(ms|s)");
    private static final Duration MAX_WAIT = Duration.ofSeconds(60);
    private static final Duration STEP = Duration.ofMillis(20);

    private final WorkerViews views;
    private final DrainOrders orders;
    private final BackgroundWork work;
    private final LongSupplier revision;

    /** @param revision of the routing table */
    public WorkersApi(WorkerViews views, DrainOrders orders, BackgroundWork work, LongSupplier revision) {
        this.revision = revision;
        this.views = views;
        this.orders = orders;
        this.work = work;
    }

    Future<Object> all(RoutingContext ctx) {
        return ChunkedResponse.json(ctx.request(), work, views::all);
    }

    /** One, or 404 that is told by its revision from that of another URL. */
    Future<Object> one(RoutingContext ctx) {
        ctx.response().putHeader(Headers.ROUTING_REVISION, Long.toString(revision.getAsLong()));
        return Future.succeededFuture(views.one(ctx.pathParam("worker")));
    }

    /** Orders it, and waits, as long as asked for, until the worker has no call of this router in flight. */
    Future<Object> drain(RoutingContext ctx) {
        Duration wait = wait(QueryText.require(ctx.queryParams(), "wait").get("wait"));
        String id = ctx.pathParam("worker");
        Endpoint endpoint = any(id);
        return orders.drain(endpoint.worker())
                .compose(v -> quiet(ctx.vertx(), endpoint.host(), wait))
                .map(v -> views.one(id));
    }

    Future<Object> undo(RoutingContext ctx) {
        String id = ctx.pathParam("worker");
        return orders.undo(any(id).worker()).map(v -> views.one(id));
    }

    private Endpoint any(String id) {
        List<Endpoint> endpoints = views.endpointsOf(id);
        return endpoints.get(0);
    }

    private static Future<Void> quiet(Vertx vertx, WorkerHost host, Duration left) {
        return host.inFlight() == 0 || left.toMillis() < 1
                ? Future.succeededFuture()
                : vertx.timer(STEP.toMillis(), TimeUnit.MILLISECONDS)
                        .compose(v -> quiet(vertx, host, left.minus(STEP)));
    }

    private static Duration wait(@Nullable String text) {
        if (text == null) {
            return Duration.ZERO;
        }
        Matcher matcher = WAIT.matcher(text);
        Duration wish = matcher.matches() ? wish(Long.parseLong(matcher.group(1)), matcher.group(2)) : null;
        if (wish == null || wish.compareTo(MAX_WAIT) > 0) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "wait must be a time like 500ms or 30s, at most " + MAX_WAIT.toSeconds() + "s");
        }
        return wish;
    }

    private static Duration wish(long number, String unit) {
        return unit.equals("s") ? Duration.ofSeconds(number) : Duration.ofMillis(number);
    }
}
