package dev.foretell.router.http.experts;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.NearestNames;
import dev.foretell.commons.wire.Experts;
import dev.foretell.commons.wire.RoutingMap;
import dev.foretell.router.http.admin.WorkerRegistration;
import dev.foretell.router.http.edge.RouteGroup;
import dev.foretell.router.http.message.BackgroundWork;
import dev.foretell.router.http.message.ChunkedResponse;
import dev.foretell.router.http.message.JsonPieces;
import dev.foretell.router.routing.RoutingChange;
import dev.foretell.router.routing.RoutingTable;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * {@code /model}: the discovery service of Expert-Discovery-Manager. An expert is a model of the type {@link Experts#TYPE} in the
 * routing map, so it is probed, counted and called like any other. Thread-safe.
 */
public final class ExpertsApi implements RouteGroup {
    private static final String MODEL = Experts.PATH + "/:expert";

    private final WorkerRegistration registration;
    private final BackgroundWork work;

    public ExpertsApi(WorkerRegistration registration, BackgroundWork work) {
        this.registration = registration;
        this.work = work;
    }

    @Override
    public void addTo(Routes routes) {
        routes.state(
                HttpMethod.GET,
                Experts.PATH,
                ctx -> list(ctx, registration.tables().current()));
        routes.change(HttpMethod.POST, Experts.PATH, this::register);
        routes.change(HttpMethod.DELETE, MODEL, this::remove);
    }

    /** A registration replaces what the same id stood for. */
    private Future<Object> register(RoutingContext ctx) {
        return ExpertReader.read(ctx.request())
                .map(registration::requireFree)
                .compose(expert -> registration.register(expert, "", table -> put(table, expert)))
                .compose(table -> list(ctx, table));
    }

    private static RoutingChange put(RoutingTable table, RoutingMap expert) {
        Map.Entry<ModelKey, RoutingMap.Model> only =
                expert.models().entrySet().iterator().next();
        return table.put(only.getKey(), only.getValue());
    }

    private Future<Object> list(RoutingContext ctx, RoutingTable table) {
        return ChunkedResponse.json(
                ctx.request(),
                work,
                () -> JsonPieces.object(Map.of("models", JsonPieces.object(experts(table)))
                        .entrySet()
                        .iterator()));
    }

    private record Expert(String url) {}

    private static Iterator<Map.Entry<String, Expert>> experts(RoutingTable table) {
        return table.models().entrySet().stream()
                .filter(model -> model.getKey().type().equals(Experts.TYPE)
                        && !model.getValue().workers().isEmpty())
                .map(model -> Map.entry(
                        model.getKey().name(),
                        new Expert(ExpertUrl.of(
                                model.getValue().workers().get(0),
                                model.getKey().name()))))
                .iterator();
    }

    private record Gone(boolean result) {}

    private Future<Object> remove(RoutingContext ctx) {
        String id = ctx.pathParam("expert");
        return registration.tables().update(table -> removal(table, id)).map(new Gone(true));
    }

    private static RoutingChange removal(RoutingTable table, String id) {
        RoutingChange change = table.remove(Experts.TYPE, id, null);
        if (change.isEmpty()) {
            List<String> ids = table.models().keySet().stream()
                    .filter(key -> key.type().equals(Experts.TYPE))
                    .map(ModelKey::name)
                    .toList();
            throw new ServingException(
                    FailureKind.NOT_FOUND,
                    "there is no expert '" + NearestNames.abbreviate(id) + "'" + NearestNames.of(id, ids));
        }
        return change;
    }
}
