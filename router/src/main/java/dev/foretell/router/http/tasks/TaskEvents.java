package dev.foretell.router.http.tasks;

import dev.foretell.commons.json.Json;
import dev.foretell.router.tasks.Task;
import dev.foretell.router.tasks.TaskFeed;
import dev.foretell.router.tasks.Tasks;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** Sends a task's steps as server-sent events, from its present state to its end. */
final class TaskEvents {
    private static final long LOOK_EVERY_MS = 5000;

    private final Tasks tasks;
    private final TaskFeed feed;

    TaskEvents(Tasks tasks, TaskFeed feed) {
        this.tasks = tasks;
        this.feed = feed;
    }

    Future<Object> stream(RoutingContext ctx) {
        return tasks.require(TasksApi.id(ctx)).compose(task -> {
            HttpServerResponse response = ctx.response();
            response.putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            if (ctx.request().method() == HttpMethod.HEAD) {
                return response.end().map("");
            }
            response.setChunked(true);
            return new Watch(ctx, task).run();
        });
    }

    /** One watching caller. Confined to the request's event loop. */
    private final class Watch {
        private final HttpServerResponse response;
        private final Context loop;
        private final String id;
        private final Promise<Object> done = Promise.promise();
        private final Runnable stop;
        private final long timer;
        private long written;
        private boolean isLooking;
        private boolean isDue;

        Watch(RoutingContext ctx, Task task) {
            response = ctx.response();
            loop = ctx.vertx().getOrCreateContext();
            id = task.id();
            stop = feed.watch(id, () -> loop.runOnContext(v -> look()));
            timer = ctx.vertx().setPeriodic(LOOK_EVERY_MS, tick -> look());
            done.future().onComplete(end -> {
                stop.run();
                ctx.vertx().cancelTimer(timer);
            });
            response.closeHandler(gone -> done.tryComplete(""));
            response.exceptionHandler(broken -> done.tryComplete(""));
            if (response.closed()) {
                done.tryComplete("");
            }
            write(task);
        }

        Future<Object> run() {
            return done.future();
        }

        private void look() {
            if (isLooking || done.future().isComplete()) {
                isDue = isLooking;
                return;
            }
            isLooking = true;
            tasks.require(id)
                    .onComplete(found -> loop.runOnContext(v -> {
                        isLooking = false;
                        if (found.succeeded()) {
                            write(found.result());
                        }
                        if (isDue) {
                            isDue = false;
                            look();
                        }
                    }));
        }

        /** Skips events while the caller does not read: the next one has the same state. */
        private void write(Task task) {
            if (task.revision() <= written || response.closed() || done.future().isComplete()) {
                return;
            }
            if (!response.writeQueueFull() || task.state().isFinal()) {
                written = task.revision();
                response.write("event: task\ndata: " + Json.writeText(TaskView.of(task)) + "\n\n");
            }
            if (task.state().isFinal()) {
                response.end().onComplete(ended -> done.tryComplete(""));
            }
        }
    }
}
