package dev.foretell.router.health;

import dev.foretell.commons.identity.Counted;
import dev.foretell.commons.wire.Headers;
import dev.foretell.edge.QuietHttpClient;
import dev.foretell.router.upstream.pool.Endpoint;
import dev.foretell.router.upstream.pool.WarmUpConfig;
import dev.foretell.router.upstream.pool.WorkerHost;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls new and returning workers with samples before they get real calls: one call at a time, each model in turn,
 * within one timeout for all models. The results do not matter, except a 4xx: then the sample is bad and the warm-up
 * ends. Works on the event loop of the probes; any thread may call {@link #begin}.
 */
public final class WarmUp {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final int CONNECT_MILLIS = 1000;

    private final Context loop;
    private volatile WarmUpConfig config;
    private final @Nullable String authorization;
    private final LongSupplier nanoClock;
    private final HttpClient http;
    private final Map<WorkerHost, Round> rounds = new HashMap<>();

    /** The models of one worker that wait for their turn. Confined to the event loop. */
    private record Round(Queue<Turn> turns, long endNanos) {}

    /** One model of a worker, for one arrival of that worker. */
    private record Turn(Endpoint endpoint, int arrival) {}

    /** @param authorization the Authorization header for workers, if any */
    public WarmUp(
            Vertx vertx, Context loop, WarmUpConfig config, @Nullable String authorization, LongSupplier nanoClock) {
        this.loop = loop;
        this.config = config;
        this.authorization = authorization;
        this.nanoClock = nanoClock;
        this.http = QuietHttpClient.of(
                vertx,
                new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS).setKeepAliveTimeout(5),
                new PoolOptions().setHttp1MaxSize(1));
    }

    /** Uses new settings from now on. */
    public void adopt(WarmUpConfig next) {
        config = next;
    }

    /** Warms up an endpoint and notifies it at the end. */
    public void begin(Endpoint endpoint) {
        Turn turn = new Turn(endpoint, endpoint.host().arrivals());
        loop.runOnContext(v -> queue(turn));
    }

    private void queue(Turn turn) {
        Round running = rounds.get(turn.endpoint().host());
        if (running != null) {
            running.turns().add(turn);
            return;
        }
        Round round = new Round(
                new ArrayDeque<>(), nanoClock.getAsLong() + config.timeout().toNanos());
        round.turns().add(turn);
        rounds.put(turn.endpoint().host(), round);
        turn.endpoint().host().setWarmingUp(true);
        next(turn.endpoint().host(), round);
    }

    private void next(WorkerHost host, Round round) {
        Turn turn = round.turns().poll();
        if (turn == null) {
            rounds.remove(host);
            host.setWarmingUp(false);
        } else {
            Future.succeededFuture(0).compose(none -> calls(turn, round, none)).onComplete(made -> {
                if (made.succeeded()) {
                    LOG.info("{} is warm after {}", turn.endpoint(), Counted.of(made.result(), "call"));
                }
                turn.endpoint().onWarmUp(turn.arrival());
                loop.runOnContext(v -> next(host, round));
            });
        }
    }

    /** The number of calls made; fails only if the router stops. */
    private Future<Integer> calls(Turn turn, Round round, int made) {
        String sample = turn.endpoint().sample();
        String path = turn.endpoint().path(turn.endpoint().model().name());
        long left = TimeUnit.NANOSECONDS.toMillis(round.endNanos() - nanoClock.getAsLong());
        if (made >= config.calls() || left < 1 || sample == null || path == null || isGone(turn)) {
            return Future.succeededFuture(made);
        }
        return call(turn.endpoint().host(), path, sample, left)
                .otherwise(500)
                .compose(status ->
                        goesOn(turn, status) ? calls(turn, round, made + 1) : Future.succeededFuture(made + 1));
    }

    private static boolean isGone(Turn turn) {
        WorkerHost host = turn.endpoint().host();
        return !host.isUp() || host.arrivals() != turn.arrival();
    }

    private static boolean goesOn(Turn turn, int status) {
        boolean refused = status >= 400 && status < 500;
        if (refused) {
            LOG.warn("{} refused its warm-up sample with {}; it gets calls without a warm-up", turn.endpoint(), status);
        }
        return !refused;
    }

    private Future<Integer> call(WorkerHost host, String path, String sample, long leftMillis) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(host.address().host())
                .setPort(host.address().port())
                .setURI(path)
                .putHeader(HttpHeaders.CONTENT_TYPE.toString(), "application/json")
                .putHeader(Headers.WARM_UP, "1")
                .putHeader(Headers.TIMEOUT_MS, Long.toString(leftMillis));
        if (authorization != null) {
            options.putHeader(HttpHeaders.AUTHORIZATION.toString(), authorization);
        }
        return http.request(options)
                .compose(request -> request.send(sample)
                        .compose(WarmUp::readToTheEnd)
                        .timeout(leftMillis, TimeUnit.MILLISECONDS)
                        .onFailure(failure -> request.reset(0)));
    }

    private static Future<Integer> readToTheEnd(HttpClientResponse response) {
        return response.end().map(v -> response.statusCode());
    }
}
