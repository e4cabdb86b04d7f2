package dev.foretell.router.http.fractal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.models.RegisteredModel;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;

/** {@code /api/v1/models}: what models there are, and what is said of them. */
final class ModelsApi {
    private static final String LIST = "model_list";

    private final Catalogue models;
    private final JsonBodies bodies;

    ModelsApi(Catalogue models, JsonBodies bodies) {
        this.models = models;
        this.bodies = bodies;
    }

    Future<Object> list(RoutingContext ctx) {
        return Future.succeededFuture(HttpStatus.ok("OK").with(LIST, models.names()));
    }

    Future<Object> information(RoutingContext ctx) {
        return Future.succeededFuture(HttpStatus.ok("OK").with(LIST, models.descriptions()));
    }

    Future<Object> one(RoutingContext ctx) {
        return Future.succeededFuture(shown("OK", models.require(ctx.pathParam("name"))));
    }

    static Object shown(String description, RegisteredModel model) {
        Map<String, Object> answer = HttpStatus.ok(description).answer();
        answer.putAll(Catalogue.view(model));
        return answer;
    }

    Future<Object> describe(RoutingContext ctx) {
        String name = ctx.pathParam("name");
        return bodies.read(ctx.request())
                .map(ModelsApi::description)
                .compose(description -> models.registry()
                        .update(
                                OnnxName.ours(name),
                                found -> Optional.of(described(models.require(name, found), description))))
                .map(done -> shown("Model updated", models.require(name)));
    }

    private static String description(JsonNode body) {
        JsonNode description = body.path("model_description");
        if (!description.isTextual()) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    description.isMissingNode() ? "model_description is missing" : "model_description must be text");
        }
        return description.textValue();
    }

    private static RegisteredModel described(RegisteredModel model, String description) {
        return new RegisteredModel(
                model.type(),
                model.name(),
                description,
                model.labels(),
                model.replicas(),
                model.loaded(),
                model.nextVersion(),
                model.versions(),
                model.traffic(),
                model.aliases());
    }
}
