package dev.foretell.router.predict.hedge;

import dev.foretell.router.predict.call.AttemptHistory;
import dev.foretell.router.upstream.call.Cancellation;
import dev.foretell.router.upstream.call.WorkerCall.Stuck;
import dev.foretell.router.upstream.call.WorkerResponse;
import dev.foretell.router.upstream.pool.Slot;
import io.vertx.core.Future;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A worker on trial may hang, and its caller is not to pay for it: another worker gets the call too. */
public record TrialRace(AttemptHistory tries) implements Race.Runners {
    @Override
    public Future<WorkerResponse> send(Slot slot, Cancellation cancellation, @Nullable Stuck stuck) {
        return tries.send(slot, cancellation, stuck);
    }

    @Override
    public Optional<Slot> second() {
        return tries.takeForCopy();
    }

    @Override
    public Optional<Slot> secondOfSilent() {
        return tries.takeForSilenceCopy();
    }

    @Override
    public void silenceCopyEnded() {
        tries.pool().tally().endCopy();
    }

    @Override
    public boolean goesOnElsewhere() {
        return tries.hasOther();
    }

    @Override
    public void onEnd(boolean secondWon) {}
}
