package dev.foretell.router.http.ensembles;

import dev.foretell.router.ensemble.Ensemble;
import dev.foretell.router.ensemble.EnsembleCheck;
import dev.foretell.router.ensemble.EnsembleRegistry;
import dev.foretell.router.ensemble.RecipeReader;
import dev.foretell.router.http.edge.RouteGroup;
import dev.foretell.router.http.message.ChunkedResponse;
import dev.foretell.router.http.message.JsonPieces;
import dev.foretell.router.http.message.RouteSupport;
import dev.foretell.router.http.message.SmallBody;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** {@code /v1/ensembles}: the recipes, as callers write them. */
public final class EnsemblesApi implements RouteGroup {
    private static final String ENSEMBLES = "/v1/ensembles";
    private static final String ENSEMBLE = ENSEMBLES + "/:name";

    private final EnsembleRegistry registry;
    private final EnsembleCheck check;
    private final String defaultType;
    private final RouteSupport support;

    /** @param defaultType the model type of ensembles without a type */
    public EnsemblesApi(EnsembleRegistry registry, EnsembleCheck check, String defaultType, RouteSupport support) {
        this.registry = registry;
        this.check = check;
        this.defaultType = defaultType;
        this.support = support;
    }

    @Override
    public void addTo(Routes routes) {
        routes.state(HttpMethod.GET, ENSEMBLES, ctx -> ChunkedResponse.json(ctx.request(), support.work(), this::all));
        routes.state(
                HttpMethod.GET,
                ENSEMBLE,
                ctx -> Future.succeededFuture(view(registry.current().require(ctx.pathParam("name")))));
        routes.change(HttpMethod.PUT, ENSEMBLE, this::put);
        routes.change(HttpMethod.DELETE, ENSEMBLE, this::delete);
    }

    private JsonPieces all() {
        JsonPieces ensembles = JsonPieces.array(
                registry.current().byName().values().stream().map(this::view).iterator());
        return JsonPieces.object(Map.of("ensembles", ensembles).entrySet().iterator());
    }

    private Future<Object> put(RoutingContext ctx) {
        String name = ctx.pathParam("name");
        return SmallBody.json(ctx.request())
                .map(body -> check.require(RecipeReader.read(name, defaultType, body)))
                .compose(this::put);
    }

    private Future<Object> put(Ensemble ensemble) {
        return registry.put(ensemble).map(all -> view(ensemble));
    }

    private EnsembleView view(Ensemble ensemble) {
        return EnsembleView.of(ensemble, check);
    }

    private Future<Object> delete(RoutingContext ctx) {
        return registry.remove(ctx.pathParam("name")).map(gone -> Map.of("removed", true));
    }
}
