package dev.foretell.router.http.fractal;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.ensemble.Ensemble;
import dev.foretell.router.models.RegisteredModel;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** {@code /api/v1/models}: the models and their descriptions. */
final class ModelsApi {
    /** The response of the lists of models: names or descriptions. */
    private record ModelList(
            @JsonProperty("http_status") HttpStatus status,
            @JsonProperty("model_list") List<?> models) {}

    private final Catalogue models;
    private final Promotion promotion;

    ModelsApi(Catalogue models, Promotion promotion) {
        this.models = models;
        this.promotion = promotion;
    }

    Future<Object> list(RoutingContext ctx) {
        return Future.succeededFuture(new ModelList(HttpStatus.ok("OK"), models.names()));
    }

    Future<Object> information(RoutingContext ctx) {
        return Future.succeededFuture(new ModelList(HttpStatus.ok("OK"), ModelAnswer.Description.all(models)));
    }

    Future<Object> one(RoutingContext ctx) {
        String name = ctx.pathParam("name");
        Optional<Ensemble> ensemble = models.find(name).isPresent() ? Optional.empty() : models.findEnsemble(name);
        return Future.succeededFuture(ensemble.<Object>map(one -> ModelAnswer.of(HttpStatus.ok("OK"), one))
                .orElseGet(() -> view("OK", models.require(name))));
    }

    static Object view(String description, RegisteredModel model) {
        return ModelAnswer.of(HttpStatus.ok(description), model);
    }

    /** Changes the description, the default version, or both. */
    Future<Object> describe(RoutingContext ctx) {
        String name = ctx.pathParam("name");
        return JsonBodies.read(ctx.request())
                .compose(body -> change(models.require(name), body))
                .map(done -> ModelsApi.view("Model updated", models.require(name)));
    }

    private Future<?> change(RegisteredModel model, JsonNode body) {
        JsonNode description = body.path("model_description");
        JsonNode version = body.path("default_version");
        if (!description.isTextual() && (version.isMissingNode() || !description.isMissingNode())) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    description.isMissingNode() ? "model_description is missing" : "model_description must be text");
        }
        if (!version.isMissingNode() && !version.isInt()) {
            throw new ServingException(FailureKind.INVALID_INPUT, "default_version must be a version's number");
        }
        Future<?> described =
                description.isTextual() ? describe(model.name(), description.textValue()) : Future.succeededFuture();
        return version.isMissingNode()
                ? described
                : described.compose(done -> promotion.to(
                        model.name(), model.require(version.intValue()).number()));
    }

    private Future<?> describe(String name, String description) {
        return models.registry()
                .update(name, found -> Optional.of(models.require(name, found).withDescription(description)));
    }
}
