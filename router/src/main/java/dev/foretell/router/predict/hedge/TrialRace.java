package dev.foretell.router.predict.hedge;

import dev.foretell.commons.time.Deadline;
import dev.foretell.commons.time.TimeoutWheel;
import dev.foretell.router.upstream.call.WorkerResponse;
import dev.foretell.router.upstream.pool.Slot;
import io.vertx.core.Future;
import java.util.Optional;

/** A worker on trial may hang, and its caller must not pay for it: another worker gets the call too. */
public record TrialRace(HedgedCall call) implements Race.Runners {
    /** Sends a call to a worker on trial, and after a while to another one. */
    public static Future<WorkerResponse> run(
            HedgedCall call, Slot trial, Deadline deadline, TimeoutWheel wheel, long nowNanos) {
        long patience = TrialPatience.nanos(call.pool().latencyNanos(), deadline.remainingNanos(nowNanos));
        return new Race(new TrialRace(call)).run(trial, call.cancellation(), wheel, nowNanos + patience);
    }

    @Override
    public Optional<Slot> second() {
        return call.takeForHedge();
    }

    @Override
    public boolean goesOnElsewhere() {
        return call.hasOther();
    }

    @Override
    public void onEnd(boolean secondWon) {}
}
