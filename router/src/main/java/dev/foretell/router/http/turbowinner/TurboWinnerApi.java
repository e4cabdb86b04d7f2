package dev.foretell.router.http.turbowinner;

import dev.foretell.router.http.edge.RouteGroup;
import dev.foretell.router.http.message.PlainText;
import dev.foretell.router.http.tasks.OrderQueue;
import dev.foretell.router.http.tasks.TaskServices;
import dev.foretell.router.http.tasks.TasksApi;
import dev.foretell.router.tasks.TaskState;
import dev.foretell.router.tasks.Tasks;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/**
 * {@code /AddTask} and {@code /RunningTaskCount}: the URLs of turbo-winner. Its tasks are training tasks like any other, below {@code
 * /v1/tasks}. Thread-safe.
 */
public final class TurboWinnerApi implements RouteGroup {
    private final Tasks tasks;
    private final OrderQueue orders;

    public TurboWinnerApi(TaskServices services) {
        this.tasks = services.tasks();
        this.orders = new OrderQueue(services);
    }

    @Override
    public void addTo(Routes routes) {
        routes.change(HttpMethod.GET, "/AddTask", this::add);
        routes.state(HttpMethod.GET, "/RunningTaskCount", this::count);
    }

    /** A HEAD, which must change nothing, queues no task. */
    private Future<Object> add(RoutingContext ctx) {
        SearchOrder order = SearchOrder.read(ctx.queryParams());
        if (ctx.request().method() == HttpMethod.HEAD) {
            return Future.succeededFuture(PlainText.of(ctx, ""));
        }
        return orders.queue(order.json(), "").map(task -> {
            ctx.response().putHeader(HttpHeaders.LOCATION, TasksApi.TASKS + "/" + task.id());
            return PlainText.of(ctx, "Success");
        });
    }

    private Future<Object> count(RoutingContext ctx) {
        return tasks.count()
                .map(counted -> PlainText.of(ctx, "We have " + counted.count(TaskState.RUNNING) + " running tasks."));
    }
}
