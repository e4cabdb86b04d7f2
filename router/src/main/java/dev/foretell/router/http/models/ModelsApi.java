package dev.foretell.router.http.models;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.NearestNames;
import dev.foretell.router.http.edge.RouteGroup;
import dev.foretell.router.http.message.BackgroundWork;
import dev.foretell.router.http.message.ChunkedResponse;
import dev.foretell.router.http.message.JsonPieces;
import dev.foretell.router.http.message.Removed;
import dev.foretell.router.http.message.SmallBody;
import dev.foretell.router.models.ModelPatch;
import dev.foretell.router.models.ModelRegistry;
import dev.foretell.router.models.ModelVersion;
import dev.foretell.router.models.RegisteredModel;
import dev.foretell.router.models.files.Uploads;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** {@code /v1/models} without files and traffic: lists, describes and removes models. */
public final class ModelsApi implements RouteGroup {
    static final String MODELS = "/v1/models";
    static final String MODEL = MODELS + "/:name";
    private static final String FORCE = "force";
    static final String VERSION = MODEL + "/versions/:version";

    /** The response of {@code GET /v1/models}, in pieces. */
    private record ModelList(JsonPieces models) {}

    private final ModelRegistry registry;
    private final Uploads uploads;
    private final BackgroundWork work;

    public ModelsApi(ModelRegistry registry, Uploads uploads, BackgroundWork work) {
        this.registry = registry;
        this.uploads = uploads;
        this.work = work;
    }

    @Override
    public void addTo(Routes routes) {
        routes.state(HttpMethod.GET, MODELS, ctx -> ChunkedResponse.json(ctx.request(), work, this::all));
        routes.state(HttpMethod.GET, MODEL, ctx -> Future.succeededFuture(ModelView.of(model(ctx))));
        routes.state(HttpMethod.GET, VERSION, ctx -> Future.succeededFuture(VersionView.of(model(ctx), version(ctx))));
        routes.change(HttpMethod.PATCH, MODEL, this::patch);
        routes.change(HttpMethod.DELETE, MODEL, this::delete, FORCE);
        routes.change(HttpMethod.DELETE, VERSION, this::deleteVersion, FORCE);
    }

    private JsonPieces all() {
        JsonPieces models = JsonPieces.array(
                registry.current().byName().values().stream().map(ModelView::of).iterator());
        return JsonPieces.of(new ModelList(models));
    }

    /** @throws ServingException {@link FailureKind#MODEL_NOT_FOUND} with similar names */
    static RegisteredModel require(ModelRegistry registry, RoutingContext ctx) {
        String name = ctx.pathParam("name");
        Map<String, RegisteredModel> models = registry.current().byName();
        return registry.current()
                .find(name)
                .orElseThrow(() -> new ServingException(
                        FailureKind.MODEL_NOT_FOUND,
                        "no registered model '" + NearestNames.abbreviate(name) + "'"
                                + NearestNames.of(name, models.keySet())));
    }

    private RegisteredModel model(RoutingContext ctx) {
        return require(registry, ctx);
    }

    private ModelVersion version(RoutingContext ctx) {
        return model(ctx).require(number(ctx));
    }

    static int number(RoutingContext ctx) {
        String version = ctx.pathParam("version");
        if (!version.matches("[1-9][0-9]{0,8}")) {
            throw new ServingException(FailureKind.MODEL_NOT_FOUND, "a version is a number, such as 2");
        }
        return Integer.parseInt(version);
    }

    private Future<Object> patch(RoutingContext ctx) {
        String name = model(ctx).name();
        return SmallBody.json(ctx.request())
                .map(ModelPatch::of)
                .compose(patch -> registry.update(name, patch::applyTo))
                .map(models -> ModelView.of(model(ctx)));
    }

    private Future<Object> delete(RoutingContext ctx) {
        String name = ctx.pathParam("name");
        if (!registry.current().unreadable().contains(name)) {
            require(registry, ctx);
        }
        return uploads.remove(name, isForced(ctx)).map(gone -> new Removed(true));
    }

    private static boolean isForced(RoutingContext ctx) {
        String force = ctx.queryParams().get(FORCE);
        if (force != null && !force.equals("true") && !force.equals("false")) {
            throw new ServingException(FailureKind.INVALID_INPUT, "force must be true or false");
        }
        return "true".equals(force);
    }

    private Future<Object> deleteVersion(RoutingContext ctx) {
        return uploads.removeVersion(model(ctx).name(), number(ctx)).map(ModelView::of);
    }
}
