package dev.foretell.router;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** What the router does again and again once its state is restored. Thread-safe. */
final class BackgroundJobs {
    private final Vertx vertx;
    private final List<Job> jobs = new CopyOnWriteArrayList<>();

    private record Job(Duration interval, Supplier<Future<?>> step) {}

    BackgroundJobs(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Adds a job: never twice at once, and a run that fails is simply due again. */
    void every(Duration interval, Supplier<Future<?>> step) {
        jobs.add(new Job(interval, step));
    }

    /** Starts the jobs added so far; each has its first run after one interval. */
    void start() {
        jobs.forEach(this::schedule);
    }

    /** A step that throws has failed as any other. */
    private static Future<?> run(Job job) {
        return Future.succeededFuture().compose(v -> job.step().get().mapEmpty());
    }

    private void schedule(Job job) {
        vertx.setTimer(job.interval().toMillis(), timer -> run(job).onComplete(done -> schedule(job)));
    }
}
