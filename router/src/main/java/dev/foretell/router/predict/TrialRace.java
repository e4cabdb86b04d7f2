package dev.foretell.router.predict;

import dev.foretell.router.upstream.CallAbort;
import dev.foretell.router.upstream.Slot;
import dev.foretell.router.upstream.WorkerAnswer;
import dev.foretell.router.upstream.WorkerCall.Stuck;
import io.vertx.core.Future;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A worker on trial may hang, and its caller is not to pay for it: another worker gets the call too. */
record TrialRace(Tries tries) implements Race.Runners {
    @Override
    public Future<WorkerAnswer> send(Slot slot, CallAbort abort, @Nullable Stuck stuck) {
        return tries.send(slot, abort, stuck);
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
    public void ended(boolean secondWon) {}
}
