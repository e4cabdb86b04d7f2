package dev.foretell.router.upstream.connection;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs actions after everything that arrived in this turn of an event loop has been handled: one task of the loop,
 * however many connections have something to write. Confined to the loop.
 */
public final class EndOfTurn {
    private static final Logger LOG = LoggerFactory.getLogger(EndOfTurn.class);

    private final Executor loop;
    private final Runnable run = this::run;
    private List<Runnable> due = new ArrayList<>();
    private List<Runnable> spare = new ArrayList<>();

    /** @param loop runs a task after its current ones */
    public EndOfTurn(Executor loop) {
        this.loop = loop;
    }

    public void add(Runnable action) {
        due.add(action);
        if (due.size() == 1) {
            loop.execute(run);
        }
    }

    private void run() {
        List<Runnable> now = due;
        due = spare;
        for (int i = 0; i < now.size(); i++) {
            try {
                now.get(i).run();
            } catch (Throwable e) {
                LOG.error("Unexpected failure at the end of a turn", e);
            }
        }
        now.clear();
        spare = now;
    }
}
