package dev.foretell.router.health;

import dev.foretell.router.health.WorkerStatus.State;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the log readable when thousands of workers change their state at once: within a second, the first few get their
 * own line and the others share one. Confined to the monitor's event loop.
 */
final class StatusBurst {
    private static final Logger LOG = LoggerFactory.getLogger(StatusBurst.class);
    private static final int LINES_PER_SECOND = 20;

    private final Consumer<Runnable> inASecond;
    private int told;
    private int down;
    private int others;

    /** @param inASecond runs an action a second later */
    StatusBurst(Consumer<Runnable> inASecond) {
        this.inASecond = inASecond;
    }

    /** Whether a change to this state gets its own line. */
    boolean takes(State state) {
        if (told == 0) {
            inASecond.accept(this::end);
        }
        if (told < LINES_PER_SECOND) {
            told++;
            return true;
        }
        down += state == State.DOWN ? 1 : 0;
        others += state == State.DOWN ? 0 : 1;
        return false;
    }

    private void end() {
        if (down > 0) {
            LOG.warn("{} more workers are down and {} others changed their state within a second", down, others);
        } else if (others > 0) {
            LOG.info("{} more workers changed their state within a second", others);
        }
        told = 0;
        down = 0;
        others = 0;
    }
}
