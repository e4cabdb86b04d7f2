package dev.foretell.cli.daemon;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A router in the background.
 *
 * @param keeper the process that restarts it after a crash, if any
 */
public record Daemon(ProcessHandle handle, String url, Optional<ProcessHandle> keeper) {
    private static final Duration AFTER_KILL = Duration.ofSeconds(10);

    public long pid() {
        return handle.pid();
    }

    /** Asks it to end, and kills it after a while; returns whether it ended by itself. Its keeper ends with it. */
    public boolean stop(Duration longest) throws InterruptedException {
        boolean byItself = keeper.isPresent() ? stop(keeper.get(), longest) : stop(handle, longest);
        if (handle.isAlive()) {
            handle.destroyForcibly();
            awaitExit(handle, AFTER_KILL);
        }
        return byItself;
    }

    /** Ends a keeper, which ends its router, or a router without one; returns whether it ended by itself. */
    public static boolean stop(ProcessHandle process, Duration longest) throws InterruptedException {
        process.destroy();
        if (awaitExit(process, longest)) {
            return true;
        }
        process.destroyForcibly();
        awaitExit(process, AFTER_KILL);
        return false;
    }

    private static boolean awaitExit(ProcessHandle process, Duration longest) throws InterruptedException {
        try {
            process.onExit().get(longest.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return !process.isAlive();
        }
    }
}
