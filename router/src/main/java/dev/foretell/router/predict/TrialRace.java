package dev.foretell.router.predict;

import dev.foretell.router.upstream.CallAbort;
import dev.foretell.router.upstream.Slot;
import dev.foretell.router.upstream.WorkerAnswer;
import io.vertx.core.Future;
import java.util.Optional;

/** A worker on trial may hang, and its caller is not to pay for it: another worker gets the call too. */
record TrialRace(Tries tries) implements Race.Runners {
    @Override
    public Future<WorkerAnswer> send(Slot slot, CallAbort abort) {
        return tries.send(slot, abort);
    }

    @Override
    public Optional<Slot> second() {
        return tries.takeForCopy();
    }

    @Override
    public boolean goesOnElsewhere() {
        return tries.hasOther();
    }

    @Override
    public void ended(boolean secondWon) {}
}
