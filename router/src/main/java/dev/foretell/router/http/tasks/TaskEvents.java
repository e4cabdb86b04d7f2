package dev.foretell.router.http.tasks;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.router.tasks.Task;
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

    private final TaskServices services;

    TaskEvents(TaskServices services) {
        this.services = services;
    }

    /** A task at one moment, as callers see it. */
    private record Seen(Task task, String text) {}

    private Future<Seen> see(String id) {
        return services.tasks()
                .require(id)
                .compose(task -> services.show(task).map(view -> new Seen(task, Json.writeText(view))));
    }

    Future<Object> stream(RoutingContext ctx) {
        return see(TaskId.of(ctx)).compose(seen -> {
            HttpServerResponse response = ctx.response();
            response.putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
            if (ctx.request().method() == HttpMethod.HEAD) {
                return response.end().map("");
            }
            response.setChunked(true);
            return new Watch(ctx, seen).run();
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
        private String text = "";
        private boolean isLooking;
        private boolean isDue;

        Watch(RoutingContext ctx, Seen seen) {
            response = ctx.response();
            loop = ctx.vertx().getOrCreateContext();
            id = seen.task().id();
            stop = services.feed().watch(id, () -> loop.runOnContext(v -> look()));
            timer = ctx.vertx().setPeriodic(LOOK_EVERY_MS, tick -> {
                beat();
                look();
            });
            done.future().onComplete(end -> {
                stop.run();
                ctx.vertx().cancelTimer(timer);
            });
            response.closeHandler(gone -> done.tryComplete(""));
            response.exceptionHandler(broken -> done.tryComplete(""));
            if (response.closed()) {
                done.tryComplete("");
            }
            write(seen);
        }

        Future<Object> run() {
            return done.future();
        }

        /** A caller whose machine is gone is noticed by what it does not take. */
        private void beat() {
            if (!response.closed() && !done.future().isComplete() && !response.writeQueueFull()) {
                response.write(": heartbeat\n\n");
            }
        }

        private void look() {
            if (isLooking || done.future().isComplete()) {
                isDue = isLooking;
                return;
            }
            isLooking = true;
            see(id).onComplete(found -> loop.runOnContext(v -> {
                isLooking = false;
                if (found.succeeded()) {
                    write(found.result());
                } else if (isGone(found.cause())) {
                    end();
                }
                if (isDue) {
                    isDue = false;
                    look();
                }
            }));
        }

        /** Skips events while the caller does not read: the next one has the same state. */
        private void write(Seen seen) {
            Task task = seen.task();
            if (!isNews(seen) || response.closed() || done.future().isComplete()) {
                return;
            }
            if (!response.writeQueueFull() || task.state().isFinal()) {
                written = task.revision();
                text = seen.text();
                response.write("event: task\ndata: " + text + "\n\n");
            }
            if (task.state().isFinal()) {
                end();
            }
        }

        /** Whether somebody has deleted it. */
        private static boolean isGone(Throwable failure) {
            return failure instanceof ServingException known && known.kind() == FailureKind.NOT_FOUND;
        }

        private void end() {
            if (!response.closed() && !response.ended()) {
                response.end().onComplete(ended -> done.tryComplete(""));
            }
        }

        /** The reason for which a task waits changes without a step of the task. */
        private boolean isNews(Seen seen) {
            long revision = seen.task().revision();
            return revision > written || revision == written && !seen.text().equals(text);
        }
    }
}
