package dev.foretell.cli.daemon;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A router that runs in the background. */
public record Daemon(ProcessHandle handle, String url) {
    private static final Duration AFTER_KILL = Duration.ofSeconds(10);

    public long pid() {
        return handle.pid();
    }

    /** Asks it to end, and kills it if it has not after a while; says whether it ended by itself. */
    public boolean stop(Duration longest) throws InterruptedException {
        handle.destroy();
        if (ended(longest)) {
            return true;
        }
        handle.destroyForcibly();
        ended(AFTER_KILL);
        return false;
    }

    private boolean ended(Duration longest) throws InterruptedException {
        try {
            handle.onExit().get(longest.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return !handle.isAlive();
        }
    }
}
