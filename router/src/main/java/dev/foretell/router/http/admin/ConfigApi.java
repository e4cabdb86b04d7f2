package dev.foretell.router.http.admin;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;

/** {@code /v1/config}: shows the current settings and reloads them. */
public final class ConfigApi {
    private final LiveConfig settings;

    public ConfigApi(LiveConfig settings) {
        this.settings = settings;
    }

    Future<Object> show(RoutingContext ctx) {
        return Future.succeededFuture(settings.view());
    }

    Future<Object> reload(RoutingContext ctx) {
        return settings.reload().map(changes -> (Object) changes);
    }
}
