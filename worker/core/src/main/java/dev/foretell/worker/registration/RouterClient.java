package dev.foretell.worker.registration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.WorkerId;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.wire.RoutingMap;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Talks to the router about this worker's place in its map. */
final class RouterClient {
    private static final String MAP = "/v1/model_workers_map";

    private final HttpClient http;
    private final RegistrationConfig config;

    RouterClient(Vertx vertx, RegistrationConfig config) {
        this.http = vertx.createHttpClient();
        this.config = config;
    }

    /** Fails with {@link RefusedException} if the router does not want this worker; with anything else if it is away. */
    Future<Void> put(RoutingMap map) {
        return send(HttpMethod.PUT, MAP, Buffer.buffer(map.toJson()), config.timeout());
    }

    Future<Void> delete(ModelKey model, WorkerId worker, Duration timeout) {
        return send(
                HttpMethod.DELETE,
                MAP + "/" + model.type() + "/" + model.name() + "/" + worker,
                Buffer.buffer(),
                timeout);
    }

    void close() {
        http.close();
    }

    private Future<Void> send(HttpMethod method, String path, Buffer body, Duration timeout) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(config.router() + path)
                .setConnectTimeout(timeout.toMillis())
                .setIdleTimeout(timeout.toMillis());
        return http.request(options)
                .compose(request -> authorized(request).send(body))
                .compose(this::outcome)
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .recover(this::named);
    }

    private HttpClientRequest authorized(HttpClientRequest request) {
        request.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        if (!config.key().isEmpty()) {
            request.putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + config.key());
        }
        return request;
    }

    private Future<Void> outcome(HttpClientResponse response) {
        int status = response.statusCode();
        return response.body().compose(body -> {
            if (status < 300) {
                return Future.succeededFuture();
            }
            String detail = "the router answered " + status + ": " + detail(body);
            return Future.failedFuture(
                    status >= 400 && status < 500
                            ? new RefusedException(detail)
                            : new ServingException(FailureKind.WORKER_FAILED, detail));
        });
    }

    private <T> Future<T> named(Throwable failure) {
        return Future.failedFuture(
                failure instanceof TimeoutException
                        ? new TimeoutException("no answer from the router within "
                                + config.timeout().toMillis() + " ms")
                        : failure);
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
