package dev.foretell.router;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** The jobs that the router repeats once its state is restored. Thread-safe. */
final class BackgroundJobs {
    private final Vertx vertx;
    private final List<Job> jobs = new CopyOnWriteArrayList<>();

    private record Job(Duration interval, Supplier<Future<?>> step) {}

    BackgroundJobs(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Adds a job. A job never runs twice at once. After a failed run it simply runs again after the next interval. */
    void every(Duration interval, Supplier<Future<?>> step) {
        jobs.add(new Job(interval, step));
    }

    /** Starts all jobs; each runs first after one interval. */
    void start() {
        jobs.forEach(this::schedule);
    }

    /** Treats a step that throws like a failed one. */
    private static Future<?> run(Job job) {
        return Future.succeededFuture().compose(v -> job.step().get().mapEmpty());
    }

    private void schedule(Job job) {
        vertx.setTimer(job.interval().toMillis(), timer -> run(job).onComplete(done -> schedule(job)));
    }
}
