package dev.foretell.router.http.oip;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.router.http.edge.HttpConfig;
import dev.foretell.router.http.message.BackgroundWork;
import dev.foretell.router.http.message.BodyReader;
import dev.foretell.router.http.message.ChunkedResponse;
import dev.foretell.router.http.message.ContentEncodingCheck;
import dev.foretell.router.http.message.JsonPieces;
import dev.foretell.router.http.oip.model.FileModel;
import dev.foretell.router.http.oip.model.OipModel;
import dev.foretell.router.http.oip.model.OipModels;
import dev.foretell.router.models.ModelRegistry;
import dev.foretell.router.models.RegisteredModel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code /v2/repository}: the models, and whether hosts serve them. Functions are always loaded. */
record RepositoryApi(Vertx vertx, OipModels models, ModelRegistry registry, HttpConfig config, BackgroundWork work) {
    /** An entry of the index; {@code version} is omitted if the model has no versions. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Entry(String name, @Nullable String version, String state, String reason) {}

    private static final Duration MAX_LOAD = Duration.ofSeconds(30);
    private static final Duration STEP = Duration.ofMillis(50);
    private static final Buffer EMPTY = Buffer.buffer();

    Future<Object> index(RoutingContext ctx) {
        return body(ctx).compose(body -> {
            JsonNode ready = body.path("ready");
            if (!ready.isMissingNode() && !ready.isNull() && !ready.isBoolean()) {
                throw new ServingException(FailureKind.INVALID_INPUT, "ready must be true or false");
            }
            return ChunkedResponse.json(
                    ctx.request(),
                    work,
                    () -> JsonPieces.array(models.all().stream()
                            .filter(model -> !ready.booleanValue() || model.isReady())
                            .map(RepositoryApi::entry)
                            .iterator()));
        });
    }

    private static Entry entry(OipModel model) {
        String reason = reason(model);
        return new Entry(
                model.name(), model.versionName().orElse(null), reason.isEmpty() ? "READY" : "UNAVAILABLE", reason);
    }

    private static String reason(OipModel model) {
        if (model.isReady()) {
            return "";
        }
        return model instanceof FileModel file && !file.model().servesCalls()
                ? "unloaded"
                : "no worker can take its calls";
    }

    /** Responds once the versions with calls are ready. */
    Future<Object> load(RoutingContext ctx) {
        String name = ctx.pathParam("model");
        return body(ctx).compose(body -> {
            refuseParameters(body, null);
            return models.findRegistered(name).isEmpty()
                    ? requireReady(name)
                    : setLoaded(name, true).compose(model -> ready(model.name(), MAX_LOAD));
        });
    }

    private Future<Object> requireReady(String name) {
        OipModel function = models.find(name, null);
        return function.isReady() ? Future.succeededFuture(EMPTY) : Future.failedFuture(notReady(name));
    }

    Future<Object> unload(RoutingContext ctx) {
        String name = ctx.pathParam("model");
        return body(ctx).compose(body -> {
            refuseParameters(body, "unload_dependents");
            if (models.findRegistered(name).isEmpty()) {
                throw new ServingException(
                        FailureKind.INVALID_INPUT,
                        "model '" + models.find(name, null).name()
                                + "' is no file but a function or an ensemble, which is always loaded");
            }
            return setLoaded(name, false).map(EMPTY);
        });
    }

    private Future<RegisteredModel> setLoaded(String name, boolean loaded) {
        RegisteredModel model = models.findRegistered(name).orElseThrow();
        return registry.update(model.name(), now -> now.map(before -> before.withLoaded(loaded)))
                .map(all -> Optional.ofNullable(all.byName().get(model.name()))
                        .orElseThrow(() -> new ServingException(
                                FailureKind.MODEL_NOT_FOUND,
                                "model '" + model.name() + "' has been deleted in" + " the meantime")));
    }

    private Future<Object> ready(String name, Duration left) {
        OipModel model = models.find(name, null);
        if (model.isReady()
                || (model instanceof FileModel file
                        && file.model().traffic().weights().isEmpty())) {
            return Future.succeededFuture(EMPTY);
        }
        return left.isNegative()
                ? Future.failedFuture(notReady(name))
                : vertx.timer(STEP.toMillis(), TimeUnit.MILLISECONDS).compose(v -> ready(name, left.minus(STEP)));
    }

    private static ServingException notReady(String name) {
        return new ServingException(FailureKind.NO_WORKER, "no worker can take calls to model '" + name + "' yet");
    }

    /** There is only one repository, without a name. */
    Future<Object> other(RoutingContext ctx) {
        throw new Unsupported("repositories have no names here: leave it out of the URL");
    }

    private Future<JsonNode> body(RoutingContext ctx) {
        ContentEncodingCheck.require(ctx.request());
        return BodyReader.read(
                        ctx.request(),
                        config.bodies().maxAdminBodyBytes(),
                        config.bodies().bodyTimeout())
                .map(body -> {
                    JsonNode tree =
                            body.length() == 0 ? JsonNodeFactory.instance.objectNode() : Json.readTree(body.getBytes());
                    if (!tree.isObject()) {
                        throw new ServingException(FailureKind.INVALID_INPUT, "the body must be an object");
                    }
                    return tree;
                });
    }

    /** @param taken a parameter that is accepted but has no effect; null if there is none */
    private static void refuseParameters(JsonNode body, @Nullable String taken) {
        List<String> names = body.path("parameters").properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !name.equals(taken))
                .toList();
        if (names.contains("config") || names.stream().anyMatch(name -> name.startsWith("file:"))) {
            throw new Unsupported("models are uploaded to /v1/models, not with a request to load them");
        }
        if (!names.isEmpty()) {
            throw new ServingException(FailureKind.INVALID_INPUT, "there is no parameter " + names.get(0));
        }
    }
}
