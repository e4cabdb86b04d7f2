package dev.foretell.router.predict;

import dev.foretell.router.upstream.CallAbort;
import dev.foretell.router.upstream.Slot;
import dev.foretell.router.upstream.WorkerAnswer;
import dev.foretell.router.upstream.WorkerCall.Stuck;
import io.vertx.core.Future;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A slow call gets a second copy, if there is a token for it; the first stays in the race whatever becomes of the copy. */
record HedgeRace(Tries tries, HedgeTokens tokens) implements Race.Runners {
    @Override
    public Future<WorkerAnswer> send(Slot slot, CallAbort abort, @Nullable Stuck stuck) {
        return tries.send(slot, abort, stuck);
    }

    @Override
    public Optional<Slot> second() {
        if (!tokens.take()) {
            return Optional.empty();
        }
        Optional<Slot> slot = tries.takeForCopy();
        if (slot.isEmpty()) {
            tokens.giveBack();
        }
        return slot;
    }

    /** It has the call's one copy whatever there is for hedging. */
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
        return false;
    }

    @Override
    public void ended(boolean secondWon) {
        tries.pool().tally().hedged(secondWon);
    }
}
