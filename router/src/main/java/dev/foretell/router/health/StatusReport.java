package dev.foretell.router.health;

import dev.foretell.commons.identity.Counted;
import dev.foretell.router.health.WorkerStatus.State;
import dev.foretell.router.upstream.pool.WorkerHost;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports each change of a worker's state once, and repeats the report of a worker that stays down.
 *
 * @param burst bounds the number of lines
 */
record StatusReport(Duration remindEvery, LongSupplier nanoClock, StatusBurst burst) {
    private static final Logger LOG = LoggerFactory.getLogger(StatusReport.class);

    /** Logs a report if there is one; returns the time of the last report on this worker (nanoseconds of the clock). */
    long report(WorkerHost host, WorkerStatus before, WorkerStatus after, ProbeResult result, long reportedAt) {
        long now = nanoClock.getAsLong();
        boolean reminder = after.state() == State.DOWN && now - reportedAt >= remindEvery.toNanos();
        if (after.state() == before.state() && !reminder) {
            return reportedAt;
        }
        if (burst.takes(after.state())) {
            tell(host, after, result);
        }
        return now;
    }

    private static void tell(WorkerHost host, WorkerStatus after, ProbeResult result) {
        if (after.state() == State.DOWN) {
            LOG.warn(
                    "Worker {} has been down since {}: {} ({} failed)",
                    host,
                    after.since(),
                    result.reason(),
                    Counted.of(after.failCount(), "probe"));
        } else {
            LOG.info("Worker {} is {}", host, after.state());
        }
    }
}
