package dev.foretell.router.admission;

import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.time.Deadline;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An admission with a clock and an event loop that the test turns by hand. */
final class Desk {
    static final ModelKey FIB = new ModelKey("AI", "fib");

    final Admission admission;
    private final Deque<Runnable> steps = new ArrayDeque<>();
    private final List<Timer> timers = new ArrayList<>();
    private long nowNanos = 1_000_000_000;

    private record Timer(long atNanos, Runnable step) {}

    Desk(AdmissionConfig config) {
        admission = new Admission(config, () -> nowNanos, () -> new WaiterEventLoop() {
            @Override
            public void run(Runnable step) {
                steps.add(step);
            }

            @Override
            public Runnable after(long nanos, Runnable step) {
                Timer timer = new Timer(nowNanos + nanos, step);
                timers.add(timer);
                return () -> timers.remove(timer);
            }
        });
    }

    /** A call at the desk. */
    final class Call implements AdmissionRequest {
        private final Priority priority;
        private final Deadline deadline;
        private final Future<Permit> outcome;
        private Runnable leave = () -> {};

        private Call(ModelKey model, Priority priority, Duration patience) {
            this.priority = priority;
            this.deadline = Deadline.after(patience, nowNanos);
            this.outcome = admission.acquire(model, this);
        }

        @Override
        public Priority priority() {
            return priority;
        }

        @Override
        public Deadline deadline() {
            return deadline;
        }

        @Override
        public void waits(Runnable howToLeave) {
            leave = howToLeave;
        }

        void hangsUp() {
            leave.run();
        }

        boolean isIn() {
            return outcome.succeeded();
        }

        boolean waits() {
            return !outcome.isComplete();
        }

        Permit permit() {
            return outcome.result();
        }

        @Nullable
        ServingException refused() {
            return (ServingException) outcome.cause();
        }

        void ends() {
            ends(Permit.Outcome.ANSWERED);
        }

        void ends(Permit.Outcome how) {
            permit().release(how);
            turn();
        }
    }

    Call call() {
        return call(Priority.NORMAL);
    }

    Call call(Priority priority) {
        return call(FIB, priority, Duration.ofSeconds(10));
    }

    Call call(ModelKey model, Priority priority, Duration patience) {
        return new Call(model, priority, patience);
    }

    /** Lets the event loop do what it has to do. */
    void turn() {
        for (Runnable step = steps.poll(); step != null; step = steps.poll()) {
            step.run();
        }
    }

    /** Lets time pass while the event loop is stuck. */
    void passStuck(long millis) {
        nowNanos += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    void pass(long millis) {
        passStuck(millis);
        for (Timer timer : List.copyOf(timers)) {
            if (timer.atNanos() <= nowNanos && timers.remove(timer)) {
                timer.step().run();
            }
        }
        turn();
    }

    int timers() {
        return timers.size();
    }

    ModelLoad load() {
        return admission.loads().stream()
                .filter(load -> load.model().equals(FIB))
                .findFirst()
                .orElseThrow();
    }
}
