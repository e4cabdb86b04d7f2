package dev.foretell.router.http.tasks;

import dev.foretell.router.http.edge.RouteGroup;
import dev.foretell.router.http.models.FileResponse;
import dev.foretell.router.http.models.UploadForm;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/** {@code /v1/task-files}: the tables for tasks, and the trained models. */
public final class TaskFilesApi implements RouteGroup {
    private static final String FILES = "/v1/task-files";

    private final TaskServices services;

    public TaskFilesApi(TaskServices services) {
        this.services = services;
    }

    @Override
    public void addTo(Routes routes) {
        routes.change(HttpMethod.POST, FILES, this::receive);
        routes.state(
                HttpMethod.GET,
                FILES + "/:digest",
                ctx -> FileResponse.send(ctx, services.files().find(ctx.pathParam("digest"))));
    }

    private Future<Object> receive(RoutingContext ctx) {
        return UploadForm.read(
                        ctx.request(),
                        services.files()::requireFits,
                        (body, fields) -> services.files().receive(body))
                .map(stored -> {
                    ctx.response().setStatusCode(201).putHeader(HttpHeaders.LOCATION, FILES + "/" + stored.digest());
                    return stored;
                });
    }
}
