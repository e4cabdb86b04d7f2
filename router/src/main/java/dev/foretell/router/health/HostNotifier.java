package dev.foretell.router.health;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.edge.QuietHttpClient;
import dev.foretell.router.upstream.pool.Endpoint;
import dev.foretell.router.upstream.pool.EndpointPools;
import dev.foretell.router.upstream.pool.WorkerHost;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells model hosts which files have been deleted, so that they free their memory and disk. It tells them once; a host
 * that misses it keeps the model until it needs the room. Thread-safe.
 */
public final class HostNotifier {
    private static final Logger LOG = LoggerFactory.getLogger(HostNotifier.class);
    private static final ModelKey HOSTS = new ModelKey(Hosting.TYPE, Hosting.ONNX);
    private static final int CONNECT_MILLIS = 1000;
    private static final int MAX_SECONDS = 5;
    private static final int MAX_WAITING = 1000;

    private final EndpointPools pools;
    private final @Nullable String authorization;
    private final HttpClient http;

    /** @param authorization the Authorization header for workers, if any */
    public HostNotifier(Vertx vertx, EndpointPools pools, @Nullable String authorization) {
        this.pools = pools;
        this.authorization = authorization;
        this.http = QuietHttpClient.of(
                vertx,
                new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS).setKeepAliveTimeout(5),
                new PoolOptions().setHttp1MaxSize(1).setMaxWaitQueueSize(MAX_WAITING));
    }

    /** Tells all available hosts to drop the file of a digest. */
    public void forget(String digest) {
        Buffer body = Buffer.buffer(Json.write(Map.of("digest", digest)));
        pools.find(HOSTS).stream()
                .flatMap(pool -> pool.endpoints().stream())
                .map(Endpoint::host)
                .filter(WorkerHost::isUp)
                .forEach(host -> tell(host, body)
                        .onFailure(failure ->
                                LOG.debug("{} could not be told that a file was deleted", host.address(), failure)));
    }

    private Future<?> tell(WorkerHost host, Buffer body) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(host.address().host())
                .setPort(host.address().port())
                .setURI("/" + Hosting.FORGET)
                .putHeader(HttpHeaders.CONTENT_TYPE.toString(), "application/json");
        if (authorization != null) {
            options.putHeader(HttpHeaders.AUTHORIZATION.toString(), authorization);
        }
        return http.request(options)
                .compose(request -> request.send(body)
                        .compose(HttpClientResponse::end)
                        .timeout(MAX_SECONDS, TimeUnit.SECONDS)
                        .onFailure(failure -> request.reset(0)));
    }
}
