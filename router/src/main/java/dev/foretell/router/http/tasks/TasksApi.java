package dev.foretell.router.http.tasks;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.foretell.router.http.edge.RouteGroup;
import dev.foretell.router.http.message.BackgroundWork;
import dev.foretell.router.http.message.SmallBody;
import dev.foretell.router.http.models.FileResponse;
import dev.foretell.router.tasks.Task;
import dev.foretell.router.tasks.TaskPage;
import dev.foretell.router.tasks.TaskState;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /v1/tasks}: training tasks, for callers. */
public final class TasksApi implements RouteGroup {
    /** Where tasks are. */
    public static final String TASKS = "/v1/tasks";

    private static final String TASK = TASKS + "/:task";
    private static final int MAX_KEY = 200;
    private static final int PAGE = 100;
    private static final int MAX_PAGE = 1000;

    private final TaskServices services;
    private final BackgroundWork work;
    private final OrderQueue orders;
    private final TaskEvents events;

    public TasksApi(TaskServices services, BackgroundWork work) {
        this.services = services;
        this.work = work;
        this.orders = new OrderQueue(services);
        this.events = new TaskEvents(services);
    }

    @Override
    public void addTo(Routes routes) {
        routes.change(HttpMethod.POST, TASKS, this::queue);
        routes.state(HttpMethod.GET, TASKS, this::list, "state", "after", "limit");
        routes.state(HttpMethod.GET, TASK, this::show);
        routes.change(HttpMethod.DELETE, TASK, this::delete);
        routes.state(HttpMethod.GET, TASK + "/log", this::log);
        routes.state(HttpMethod.GET, TASK + "/events", events::stream);
        routes.state(HttpMethod.GET, TASK + "/model", this::model);
        routes.state(HttpMethod.GET, TASK + "/leaderboard", this::leaderboard);
        routes.change(
                HttpMethod.POST,
                TASK + "/cancel",
                ctx -> services.cancel(TaskId.of(ctx)).map(TaskView::of));
        routes.change(
                HttpMethod.POST,
                TASK + "/retry",
                ctx -> services.tasks().retry(TaskId.of(ctx)).map(TaskView::of));
    }

    private Future<Object> queue(RoutingContext ctx) {
        String key = key(ctx.request().getHeader("Idempotency-Key"));
        return SmallBody.json(ctx.request())
                .compose(order -> orders.queue(order, key))
                .map(task -> {
                    ctx.response().setStatusCode(202).putHeader(HttpHeaders.LOCATION, TASKS + "/" + task.id());
                    return TaskView.of(task);
                });
    }

    private static String key(@Nullable String header) {
        if (header != null && (header.isBlank() || header.length() > MAX_KEY)) {
            throw BodyFields.wrong("Idempotency-Key must be 1 to " + MAX_KEY + " characters");
        }
        return header == null ? "" : header;
    }

    private Future<Object> list(RoutingContext ctx) {
        MultiMap query = ctx.queryParams();
        TaskState state = state(query.get("state"));
        String after = after(query.get("after"));
        int limit = limit(query.get("limit"));
        return work.answer(() -> services.tasks()
                .list(state, after, limit)
                .compose(page -> services.waiting().map(waiting -> Page.of(page, waiting))));
    }

    private static @Nullable TaskState state(@Nullable String given) {
        return given == null
                ? null
                : TaskState.of(given)
                        .orElseThrow(
                                () -> BodyFields.wrong("state must be one of " + String.join(", ", TaskState.names())));
    }

    private static String after(@Nullable String given) {
        if (given != null && !given.matches("[0-9a-v]{14}")) {
            throw BodyFields.wrong("after must be the next of another page");
        }
        return given == null ? "" : given;
    }

    private static int limit(@Nullable String given) {
        if (given == null) {
            return PAGE;
        }
        if (!given.matches("[1-9][0-9]{0,3}") || Integer.parseInt(given) > MAX_PAGE) {
            throw BodyFields.wrong("limit must be a whole number from 1 to " + MAX_PAGE);
        }
        return Integer.parseInt(given);
    }

    /** @param next null after the last page */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Page(List<TaskView> tasks, @Nullable String next) {
        static Page of(TaskPage page, Waiting waiting) {
            return new Page(
                    page.tasks().stream()
                            .map(task -> TaskView.of(task, waiting.reason(task)))
                            .toList(),
                    page.next().isEmpty() ? null : page.next());
        }
    }

    private Future<Object> show(RoutingContext ctx) {
        return services.tasks().require(TaskId.of(ctx)).compose(services::show).map(view -> view);
    }

    private Future<Object> delete(RoutingContext ctx) {
        return services.tasks().delete(TaskId.of(ctx)).map(gone -> Map.of("removed", true));
    }

    private Future<Object> log(RoutingContext ctx) {
        return services.tasks().log(TaskId.of(ctx)).map(lines -> {
            ctx.response().putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8");
            return Buffer.buffer(lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
        });
    }

    private Future<Object> leaderboard(RoutingContext ctx) {
        return services.tasks().require(TaskId.of(ctx)).map(LeaderboardView::of);
    }

    private Future<Object> model(RoutingContext ctx) {
        return services.tasks().require(TaskId.of(ctx)).map(Task::modelDigest).compose(digest -> {
            ctx.response().putHeader("Content-Disposition", "attachment; filename=\"" + TaskId.of(ctx) + ".onnx\"");
            return FileResponse.send(ctx, services.files().find(digest));
        });
    }
}
