package dev.foretell.router.predict.hedge;

import dev.foretell.router.upstream.pool.Slot;
import java.util.Optional;

/** Hedges a slow call if a token is left. The first attempt continues whatever becomes of the hedge. */
record HedgeRace(HedgedCall call, HedgeTokens tokens) implements Race.Runners {
    @Override
    public Optional<Slot> second() {
        if (!tokens.take()) {
            return Optional.empty();
        }
        Optional<Slot> slot = call.takeForHedge();
        if (slot.isEmpty()) {
            tokens.giveBack();
        }
        return slot;
    }

    /** The first attempt continues. */
    @Override
    public boolean goesOnElsewhere() {
        return false;
    }

    @Override
    public void onEnd(boolean secondWon) {
        call.pool().tally().recordHedge(secondWon);
    }
}
