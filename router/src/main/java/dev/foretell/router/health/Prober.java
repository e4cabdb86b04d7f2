package dev.foretell.router.health;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.wire.WorkerIndex;
import dev.foretell.edge.QuietHttpClient;
import dev.foretell.edge.SpokenHttp;
import dev.foretell.router.upstream.pool.WorkerHost;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Probes a worker once, over a new connection. Never fails: an error is a result. */
final class Prober {
    private static final int MAX_INDEX_BYTES = 1024 * 1024;

    private final HealthConfig config;
    private final @Nullable String authorization;
    private final HttpClient http;
    private final NetClient tcp;

    Prober(Vertx vertx, HealthConfig config, @Nullable String authorization) {
        this.config = config;
        this.authorization = authorization;
        int timeout = (int) config.timeout().toMillis();
        this.http = QuietHttpClient.of(
                vertx,
                new HttpClientOptions().setKeepAlive(false).setConnectTimeout(timeout),
                new PoolOptions().setHttp1MaxSize(4));
        this.tcp = vertx.createNetClient(new NetClientOptions().setConnectTimeout(timeout));
    }

    /** Closes once the current probes have their results. */
    void close() {
        long most = 2 * config.timeout().toMillis();
        http.shutdown(most, TimeUnit.MILLISECONDS);
        tcp.shutdown(most, TimeUnit.MILLISECONDS);
    }

    Future<ProbeResult> probe(WorkerHost host) {
        return switch (config.kind()) {
            case HTTP -> overHttp(host);
            case TCP -> overTcp(host);
        };
    }

    private Future<ProbeResult> overTcp(WorkerHost host) {
        return tcp.connect(host.address().port(), host.address().host())
                .compose(socket -> socket.close())
                .compose(closed -> host.index() == null ? readIndexIfAny(host) : toHealthy(Optional.empty()))
                .recover(failure -> Future.succeededFuture(toFailure(failure)));
    }

    /** A worker that is probed over TCP may have an index too; a missing one is not an error. */
    private Future<ProbeResult> readIndexIfAny(WorkerHost host) {
        return overHttp(host).map(result -> result.isPass() ? result : new ProbeResult.Healthy(Optional.empty()));
    }

    private Future<ProbeResult> overHttp(WorkerHost host) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(host.address().host())
                .setPort(host.address().port())
                .setURI("/");
        if (authorization != null) {
            options.putHeader(HttpHeaders.AUTHORIZATION.toString(), authorization);
        }
        return http.request(options)
                .compose(request -> send(request, host))
                .recover(failure -> Future.succeededFuture(toFailure(failure)));
    }

    private static Future<ProbeResult> toHealthy(Optional<WorkerIndex> index) {
        return Future.succeededFuture(new ProbeResult.Healthy(index));
    }

    private Future<ProbeResult> send(HttpClientRequest request, WorkerHost host) {
        SpokenHttp.watch(request, host::takesChunks);
        return request.send()
                .compose(Prober::read)
                .timeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(failure -> request.reset(0));
    }

    private static String hint(int status) {
        return status == 401 || status == 403
                ? ": a worker with a token needs the router's setting upstream.authorization-file"
                : "";
    }

    private static Future<ProbeResult> read(HttpClientResponse response) {
        if (response.statusCode() >= 300) {
            return Future.succeededFuture(
                    new ProbeResult.Unhealthy("GET / answered " + response.statusCode() + hint(response.statusCode())));
        }
        Buffer index = Buffer.buffer();
        response.handler(chunk -> {
            if (index.length() + chunk.length() <= MAX_INDEX_BYTES) {
                index.appendBuffer(chunk);
            } else {
                response.request().reset(0);
            }
        });
        return response.end().compose(v -> toHealthy(parse(index)));
    }

    /** A worker that responds without an index is healthy; calls then use the model's name. */
    private static Optional<WorkerIndex> parse(Buffer body) {
        try {
            return Optional.ofNullable(Json.MAPPER.readValue(body.getBytes(), WorkerIndex.class))
                    .filter(index -> !index.functions().isEmpty());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory", e);
        }
    }

    private static ProbeResult toFailure(Throwable failure) {
        if (failure instanceof TimeoutException || failure instanceof ConnectTimeoutException) {
            return new ProbeResult.Late();
        }
        if (failure instanceof ConnectException) {
            return new ProbeResult.Unreachable("connection refused");
        }
        if (failure instanceof UnknownHostException) {
            return new ProbeResult.Unreachable("the host name is unknown");
        }
        return new ProbeResult.Unhealthy("the response could not be read");
    }
}
