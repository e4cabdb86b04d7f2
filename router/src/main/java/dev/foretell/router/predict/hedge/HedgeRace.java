package dev.foretell.router.predict.hedge;

import dev.foretell.router.upstream.pool.Slot;
import java.util.Optional;

/** A slow call gets a second copy, if there is a token for it; the first stays in the race whatever becomes of the copy. */
record HedgeRace(CopiedCall call, HedgeTokens tokens) implements Race.Runners {
    @Override
    public Optional<Slot> second() {
        if (!tokens.take()) {
            return Optional.empty();
        }
        Optional<Slot> slot = call.takeForCopy();
        if (slot.isEmpty()) {
            tokens.giveBack();
        }
        return slot;
    }

    /** The first stays in the race. */
    @Override
    public boolean goesOnElsewhere() {
        return false;
    }

    @Override
    public void onEnd(boolean secondWon) {
        call.pool().tally().recordHedge(secondWon);
    }
}
