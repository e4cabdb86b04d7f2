package dev.foretell.edge.loop;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends this process if an event loop cannot continue: a loop without memory, or with a dead thread, would accept
 * connections and never respond. A supervisor restarts the process. A program that embeds a worker is not ended; it
 * only gets the log line.
 */
public final class FatalLoopError {
    static final int EXIT_CODE = 3;

    private static final Logger LOG = LoggerFactory.getLogger(FatalLoopError.class);

    /** The {@code foretell} launcher sets it: the process is ours to end. */
    private static final String LAUNCHED = "foretell.launcher";

    private FatalLoopError() {}

    public static void ifOutOfMemory(@Nullable Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof OutOfMemoryError) {
                say("An event loop has no memory left: " + at.getMessage());
                return;
            }
        }
    }

    static void say(String why) {
        LOG.error("{}", why);
        if (System.getProperty(LAUNCHED) != null) {
            System.err.println("foretell ends, exit code " + EXIT_CODE + ": " + why);
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }
}
