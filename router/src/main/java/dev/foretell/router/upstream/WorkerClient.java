package dev.foretell.router.upstream;

import dev.foretell.commons.wire.Headers;
import dev.foretell.router.upstream.AttemptFailure.Reason;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Calls workers over HTTP: the only class that does. Each event loop has one of its own, with its own connections, so that
 * a call never changes threads. Notes of each attempt how it went: latency, failures, suspicion.
 */
public final class WorkerClient {
    private static final long FAILURE_PENALTY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Vertx vertx;
    private final UpstreamConfig config;
    private final LongSupplier nanoClock;
    private final Map<Endpoint, HttpClient> clients = new IdentityHashMap<>();
    private final Set<Endpoint> watched = Collections.newSetFromMap(new IdentityHashMap<>());

    public WorkerClient(Vertx vertx, UpstreamConfig config, LongSupplier nanoClock) {
        this.vertx = vertx;
        this.config = config;
        this.nanoClock = nanoClock;
    }

    /** Sends a call to the slot's worker and releases the slot. Fails with an {@link AttemptFailure}. */
    public Future<WorkerAnswer> call(Slot slot, WorkerCall call) {
        long start = nanoClock.getAsLong();
        Future<WorkerAnswer> answer = slot.isTrial()
                ? slot.seat().breaker().runTrial(() -> exchange(slot.seat(), call))
                : exchange(slot.seat(), call);
        return answer.andThen(result -> settle(slot, result, start));
    }

    private Future<WorkerAnswer> exchange(Seat seat, WorkerCall call) {
        return Future.succeededFuture(seat.endpoint())
                .map(this::client)
                .compose(client -> client.request(options(seat, call)))
                .recover(failure -> Future.failedFuture(notConnected(failure)))
                .compose(request -> send(request, call))
                .compose(response -> AnswerReader.read(seat.worker(), response, config.maxAnswerBytes()))
                .recover(failure -> Future.failedFuture(classified(failure, call)));
    }

    private RequestOptions options(Seat seat, WorkerCall call) {
        Endpoint.Address address = seat.endpoint().address();
        String path = seat.path(call.modelId());
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(address.host())
                .setPort(address.port())
                .setURI(path == null ? "/" + call.modelId() : path);
    }

    private Future<HttpClientResponse> send(HttpClientRequest request, WorkerCall call) {
        call.abort().attempting(() -> request.reset(0));
        if (call.abort().reason() != null) {
            request.reset(0);
        }
        request.headers()
                .set(HttpHeaders.CONTENT_TYPE, "application/json")
                .set(Headers.TIMEOUT_MS, Long.toString(call.deadline().leftMillis(nanoClock.getAsLong())));
        if (config.authorization() != null) {
            request.headers().set(HttpHeaders.AUTHORIZATION, config.authorization());
        }
        return request.send(call.body());
    }

    private static AttemptFailure notConnected(Throwable failure) {
        boolean full = failure instanceof ConnectionPoolTooBusyException;
        return new AttemptFailure(full ? Reason.BUSY : Reason.UNREACHABLE, failure);
    }

    private static AttemptFailure classified(Throwable failure, WorkerCall call) {
        Reason aborted = call.abort().reason();
        if (aborted != null) {
            return new AttemptFailure(aborted, failure);
        }
        if (failure instanceof AttemptFailure known) {
            return known;
        }
        boolean dropped = failure instanceof HttpClosedException
                || failure instanceof IOException
                || failure instanceof StreamResetException;
        return new AttemptFailure(dropped ? Reason.DROPPED : Reason.GARBLED, failure);
    }

    private void settle(Slot slot, AsyncResult<WorkerAnswer> result, long start) {
        slot.release();
        long now = nanoClock.getAsLong();
        Seat seat = slot.seat();
        if (result.succeeded()) {
            seat.breaker().record(false, now);
            if (result.result().status() < 300) {
                seat.latency().observe(now - start, now);
            }
        } else if (result.cause() instanceof AttemptFailure failure
                && failure.reason().countsAgainstWorker()) {
            seat.breaker().record(true, now);
            seat.latency().observe(Math.max(FAILURE_PENALTY_NANOS, now - start), now);
            if (failure.reason() == Reason.UNREACHABLE || failure.reason() == Reason.DROPPED) {
                seat.endpoint().suspect();
            }
        }
    }

    private HttpClient client(Endpoint endpoint) {
        HttpClient existing = clients.get(endpoint);
        return existing != null ? existing : open(endpoint);
    }

    private HttpClient open(Endpoint endpoint) {
        Context loop = vertx.getOrCreateContext();
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout((int) config.connectTimeout().toMillis())
                        .setKeepAliveTimeout((int) config.keepAlive().toSeconds())
                        .setMaxHeaderSize(32 * 1024),
                new PoolOptions().setHttp1MaxSize(config.maxConnections()).setMaxWaitQueueSize(config.maxWaiting()));
        clients.put(endpoint, client);
        if (watched.add(endpoint)) {
            endpoint.onLoss(() -> loop.runOnContext(v -> drop(endpoint)));
        }
        return client;
    }

    /** Closes all connections to a worker that was lost: the calls on them fail now rather than at their deadline. */
    private void drop(Endpoint endpoint) {
        HttpClient client = clients.remove(endpoint);
        if (client != null) {
            client.close();
        }
    }

    /** Lets go of a worker that left the table, once the calls it has are answered. */
    public void forget(Endpoint endpoint) {
        watched.remove(endpoint);
        HttpClient client = clients.remove(endpoint);
        if (client != null) {
            client.shutdown(1, TimeUnit.MINUTES);
        }
    }
}
