package dev.foretell.worker.registration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.WorkerId;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.wire.Headers;
import dev.foretell.commons.wire.RoutingMap;
import dev.foretell.edge.QuietHttpClient;
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
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Sends registrations to routers. */
final class RouterClient {
    private static final String MAP = "/v1/model_workers_map";
    private static final String WORKERS = "/v1/workers/";

    private final HttpClient http;
    private final RegistrationConfig.Routers config;

    private final String epoch;

    RouterClient(Vertx vertx, RegistrationConfig.Routers config, String epoch) {
        this.epoch = epoch;
        this.http = QuietHttpClient.of(vertx, new HttpClientOptions(), new PoolOptions());
        this.config = config;
    }

    /**
     * Fails with {@link RefusedException} if the router refuses this worker, and with another exception if it is
     * unavailable.
     */
    Future<Void> put(String router, RoutingMap map) {
        return send(HttpMethod.PUT, router, MAP, Buffer.buffer(map.toJson()), config.timeout());
    }

    /** A router that does not know the worker counts as told. */
    Future<Void> delete(String router, ModelKey model, WorkerId worker, Duration timeout) {
        return send(
                HttpMethod.DELETE,
                router,
                MAP + "/" + model.type() + "/" + model.name() + "/" + worker,
                Buffer.buffer(),
                timeout);
    }

    void close() {
        http.close();
    }

    /**
     * Whether a router has a worker in its map; fails if that is unclear.
     *
     * @return false only if the router says so: other servers answer 404 to unknown URLs
     */
    Future<Boolean> knows(String router, WorkerId worker) {
        return exchange(HttpMethod.GET, router + WORKERS + worker, Buffer.buffer(), config.timeout(), response -> {
            boolean isUnknown = response.statusCode() == 404 && response.getHeader(Headers.ROUTING_REVISION) != null;
            return isUnknown || response.statusCode() == 200
                    ? Future.succeededFuture(!isUnknown)
                    : Future.failedFuture("the router answered " + response.statusCode());
        });
    }

    private Future<Void> send(HttpMethod method, String router, String path, Buffer body, Duration timeout) {
        return exchange(method, router + path, body, timeout, response -> outcome(method, router, response));
    }

    private <T> Future<T> exchange(
            HttpMethod method,
            String url,
            Buffer body,
            Duration timeout,
            Function<HttpClientResponse, Future<T>> reading) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(url)
                .setConnectTimeout(timeout.toMillis())
                .setIdleTimeout(timeout.toMillis());
        return http.request(options)
                .compose(request -> authorize(request).send(body))
                .compose(reading)
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> Future.failedFuture(ConnectError.explain(failure, timeout)));
    }

    private HttpClientRequest authorize(HttpClientRequest request) {
        request.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        request.putHeader(Headers.WORKER_EPOCH, epoch);
        if (!config.key().isEmpty()) {
            request.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + config.key());
        }
        return request;
    }

    private Future<Void> outcome(HttpMethod method, String router, HttpClientResponse response) {
        int status = response.statusCode();
        return response.body().compose(body -> {
            if (status < 300 || (status == 404 && method.equals(HttpMethod.DELETE))) {
                return Future.succeededFuture();
            }
            String detail = "the router answered " + status + ": " + detail(body) + hint(status, router);
            return Future.failedFuture(
                    isRefusal(status)
                            ? new RefusedException(detail)
                            : new ServingException(FailureKind.WORKER_FAILED, detail));
        });
    }

    /** What to do about it, where a setting is at fault. */
    private static String hint(int status, String router) {
        return switch (status) {
            case 401 -> " (--router-token-file, the setting registration.key-file, or $FORETELL_TOKEN)";
            case 404, 405 ->
                RouterUrls.path(router)
                        .map(path -> "; a router's URL has no path: leave " + path + " out of " + router)
                        .orElse("; is " + router + " a router?");
            default -> "";
        };
    }

    /** Overload or a slow request may be over in a moment. */
    private static boolean isRefusal(int status) {
        return status >= 400 && status < 500 && status != 408 && status != 429;
    }

    private static String detail(Buffer body) {
        try {
            JsonNode problem = Json.readTree(body.getBytes());
            return problem.path("detail").asText(body.toString());
        } catch (ServingException e) {
            return body.getString(0, Math.min(200, body.length()));
        }
    }
}
