package dev.foretell.edge.loop;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends this process when an event loop cannot go on: one that has no memory, or has died, would accept connections and never
 * answer them. Whoever supervises the process starts it again. A program that embeds a worker is not ended; it reads the log.
 */
public final class FatalLoopError {
    static final int EXIT_CODE = 3;

    private static final Logger LOG = LoggerFactory.getLogger(FatalLoopError.class);

    /** Set by the {@code foretell} launcher: the process is ours. */
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
