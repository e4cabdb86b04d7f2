package dev.foretell.router.predict.hedge;

import dev.foretell.router.predict.call.AttemptHistory;
import dev.foretell.router.upstream.call.Cancellation;
import dev.foretell.router.upstream.call.WorkerCall.Stuck;
import dev.foretell.router.upstream.call.WorkerResponse;
import dev.foretell.router.upstream.pool.Slot;
import io.vertx.core.Future;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A slow call gets a second copy, if there is a token for it; the first stays in the race whatever becomes of the copy. */
public record HedgeRace(AttemptHistory tries, HedgeTokens tokens) implements Race.Runners {
    @Override
    public Future<WorkerResponse> send(Slot slot, Cancellation cancellation, @Nullable Stuck stuck) {
        return tries.send(slot, cancellation, stuck);
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
    public void onEnd(boolean secondWon) {
        tries.pool().tally().recordHedge(secondWon);
    }
}
