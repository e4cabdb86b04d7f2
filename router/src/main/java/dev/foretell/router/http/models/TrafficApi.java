package dev.foretell.router.http.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.http.edge.RouteGroup;
import dev.foretell.router.http.message.SmallBody;
import dev.foretell.router.models.ModelRegistry;
import dev.foretell.router.models.RegisteredModel;
import dev.foretell.router.models.traffic.PlanReader;
import dev.foretell.router.models.traffic.Rollouts;
import dev.foretell.router.models.traffic.VersionTraffic;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The distribution of calls over a model's versions: plans, promotion, aliases. */
public final class TrafficApi implements RouteGroup {
    private static final String TRAFFIC = ModelsApi.MODEL + "/traffic";
    private static final String ALIAS = ModelsApi.MODEL + "/aliases/:alias";

    private final ModelRegistry registry;
    private final Rollouts rollouts;
    private final VersionTraffic traffic;

    public TrafficApi(ModelRegistry registry, Rollouts rollouts, VersionTraffic traffic) {
        this.registry = registry;
        this.rollouts = rollouts;
        this.traffic = traffic;
    }

    @Override
    public void addTo(Routes routes) {
        routes.state(HttpMethod.GET, TRAFFIC, ctx -> Future.succeededFuture(view(ModelsApi.require(registry, ctx))));
        routes.change(HttpMethod.PUT, TRAFFIC, this::put);
        routes.change(HttpMethod.POST, ModelsApi.MODEL + "/promote", this::promote);
        routes.change(HttpMethod.PUT, ALIAS, this::alias);
        routes.change(HttpMethod.DELETE, ALIAS, this::removeAlias);
    }

    private Object view(RegisteredModel model) {
        return TrafficView.of(model, traffic);
    }

    private Future<Object> put(RoutingContext ctx) {
        String name = ModelsApi.require(registry, ctx).name();
        return SmallBody.json(ctx.request())
                .compose(body -> rollouts.plan(name, PlanReader.plan(body), PlanReader.expect(body)))
                .map(this::view);
    }

    private Future<Object> promote(RoutingContext ctx) {
        String name = ModelsApi.require(registry, ctx).name();
        return body(ctx, "version")
                .compose(body ->
                        rollouts.promote(name, PlanReader.number("version", body.path("version")), expect(body)))
                .map(ModelView::of);
    }

    private Future<Object> alias(RoutingContext ctx) {
        String name = ModelsApi.require(registry, ctx).name();
        return body(ctx, "target")
                .compose(body -> rollouts.alias(
                        name, ctx.pathParam("alias"), PlanReader.number("target", body.path("target")), expect(body)))
                .map(ModelView::of);
    }

    private Future<Object> removeAlias(RoutingContext ctx) {
        String name = ModelsApi.require(registry, ctx).name();
        return rollouts.removeAlias(name, ctx.pathParam("alias")).map(ModelView::of);
    }

    private static Future<JsonNode> body(RoutingContext ctx, String field) {
        return SmallBody.json(ctx.request())
                .map(body -> PlanReader.requireFields("the body", body, Set.of(field, "expect")));
    }

    private static @Nullable Integer expect(JsonNode body) {
        return body.has("expect") ? PlanReader.number("expect", body.path("expect")) : null;
    }
}
