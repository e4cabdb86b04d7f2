package dev.foretell.router.http.tasks;

import io.vertx.ext.web.RoutingContext;

/** The task that a URL names. */
final class TaskId {
    private TaskId() {}

    static String of(RoutingContext ctx) {
        return ctx.pathParam("task");
    }
}
