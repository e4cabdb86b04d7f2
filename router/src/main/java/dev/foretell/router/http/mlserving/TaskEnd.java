package dev.foretell.router.http.mlserving;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.wire.Headers;
import dev.foretell.router.http.tasks.TaskServices;
import dev.foretell.router.tasks.Task;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the end of a task on behalf of one request: 60 seconds, or as long as {@code X-Request-Timeout-Ms} says, ten
 * minutes at most. Used once; confined to the request's event loop.
 */
final class TaskEnd {
    private static final long DEFAULT_MS = 60_000;
    private static final long MAX_MS = 600_000;
    private static final long LOOK_EVERY_MS = 1000;

    private final Vertx vertx;
    private final Context loop;
    private final TaskServices services;
    private final long waitMs;
    private final Promise<Void> over = Promise.promise();

    private TaskEnd(RoutingContext ctx, TaskServices services, long waitMs) {
        this.vertx = ctx.vertx();
        this.loop = vertx.getOrCreateContext();
        this.services = services;
        this.waitMs = waitMs;
        ctx.response().closeHandler(gone -> over.tryComplete());
    }

    /** @throws ServingException {@link FailureKind#INVALID_INPUT} for a text that is not a time */
    static TaskEnd of(RoutingContext ctx, TaskServices services) {
        return new TaskEnd(ctx, services, waitMs(ctx.request().getHeader(Headers.TIMEOUT_MS)));
    }

    private static long waitMs(@Nullable String wish) {
        if (wish == null) {
            return DEFAULT_MS;
        }
        if (!wish.matches("[0-9]{1,15}") || Long.parseLong(wish) == 0) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT, Headers.TIMEOUT_MS + " must be a whole number of milliseconds over 0");
        }
        return Math.min(MAX_MS, Long.parseLong(wish));
    }

    /** The task when it has ended, or as it is when the time is over or the caller has left. */
    Future<Task> await(Task task) {
        loop.runOnContext(now -> watch(task.id()));
        return over.future().compose(ended -> services.tasks().require(task.id()));
    }

    /** If too many watch tasks already, looking once a second is enough. */
    private void watch(String id) {
        Runnable stop = stopOfWatch(id);
        long tick = vertx.setPeriodic(LOOK_EVERY_MS, due -> look(id));
        long late = vertx.setTimer(waitMs, due -> over.tryComplete());
        over.future().onComplete(ended -> {
            stop.run();
            vertx.cancelTimer(tick);
            vertx.cancelTimer(late);
        });
        look(id);
    }

    private Runnable stopOfWatch(String id) {
        try {
            return services.feed().watch(id, () -> look(id));
        } catch (ServingException tooMany) {
            return () -> {};
        }
    }

    /** A state store that is away for a moment does not end the wait. */
    private void look(String id) {
        if (!over.future().isComplete()) {
            services.tasks()
                    .require(id)
                    .onSuccess(task -> loop.runOnContext(now -> {
                        if (task.state().isFinal()) {
                            over.tryComplete();
                        }
                    }));
        }
    }
}
