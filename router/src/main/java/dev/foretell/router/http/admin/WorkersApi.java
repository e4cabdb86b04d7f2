package dev.foretell.router.http.admin;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.wire.Headers;
import dev.foretell.router.http.message.BackgroundWork;
import dev.foretell.router.http.message.ChunkedResponse;
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

/** {@code /v1/workers}: the states of the workers, and drain orders. */
public final class WorkersApi {
    private static final Pattern WAIT = Pattern.compile("(\\d{1,6})(ms|s)");
    private static final Duration MAX_WAIT = Duration.ofSeconds(60);
    private static final Duration STEP = Duration.ofMillis(20);

    private final WorkerViews views;
    private final DrainOrders orders;
    private final BackgroundWork work;
    private final LongSupplier revision;

    /** @param revision the revision of the routing table */
    public WorkersApi(WorkerViews views, DrainOrders orders, BackgroundWork work, LongSupplier revision) {
        this.revision = revision;
        this.views = views;
        this.orders = orders;
        this.work = work;
    }

    Future<Object> all(RoutingContext ctx) {
        return ChunkedResponse.json(ctx.request(), work, views::all);
    }

    /** One worker, or a 404 with the routing revision, which distinguishes it from the 404 of an unknown URL. */
    Future<Object> one(RoutingContext ctx) {
        ctx.response().putHeader(Headers.ROUTING_REVISION, Long.toString(revision.getAsLong()));
        return Future.succeededFuture(views.one(ctx.pathParam("worker")));
    }

    /** Drains the worker and waits, within the requested time, until this router has no calls in flight to it. */
    Future<Object> drain(RoutingContext ctx) {
        Duration wait = wait(ctx.queryParams().get("wait"));
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
