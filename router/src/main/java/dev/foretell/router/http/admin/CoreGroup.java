package dev.foretell.router.http.admin;

import dev.foretell.router.http.edge.Access;
import dev.foretell.router.http.edge.RouteGroup;
import io.vertx.core.http.HttpMethod;

/** The URLs of routing: the map, its workers, the router's settings and health. The predict call bypasses them. */
public final class CoreGroup implements RouteGroup {
    private static final String MAP = "/v1/model_workers_map";

    private final WorkersMapApi map;
    private final WorkersApi workers;
    private final ConfigApi config;
    private final HealthApi health;

    public CoreGroup(WorkersMapApi map, WorkersApi workers, ConfigApi config, HealthApi health) {
        this.map = map;
        this.workers = workers;
        this.config = config;
        this.health = health;
    }

    @Override
    public void addTo(Routes routes) {
        routes.atOnce(Access.CHANGE, HttpMethod.PUT, MAP, map::put, "mode");
        routes.state(HttpMethod.GET, MAP, map::get, "model-type");
        routes.change(HttpMethod.DELETE, MAP + "/:type", map::delete);
        routes.change(HttpMethod.DELETE, MAP + "/:type/:model", map::delete);
        routes.change(HttpMethod.DELETE, MAP + "/:type/:model/:worker", map::delete);
        routes.state(HttpMethod.GET, "/v1/workers", workers::all);
        routes.state(HttpMethod.GET, "/v1/workers/:worker", workers::one);
        routes.change(HttpMethod.POST, "/v1/workers/:worker/drain", workers::drain, "wait");
        routes.change(HttpMethod.DELETE, "/v1/workers/:worker/drain", workers::undo);
        routes.atOnce(Access.STATE, HttpMethod.GET, "/v1/config", config::show);
        routes.atOnce(Access.CHANGE, HttpMethod.POST, "/v1/config/reload", config::reload);
        routes.always("/elb-healthcheck", health::elb);
        routes.always("/livez", health::live);
        routes.always("/readyz", health::ready);
        routes.always("/openapi.yaml", OpenApi::get);
    }
}
