package dev.foretell.router.counts;

import io.vertx.core.Future;
import java.util.Map;

/** Calls answered, per model and worker. */
public final class RequestCounts {
    /** Where counts are kept for all routers and over restarts. */
    public interface Store {
        /** All counts of all routers. */
        Future<Map<CountKey, Long>> load();

        /**
         * Adds to the counts, all or nothing, and returns the new totals of these keys. The same sequence given again (after
         * a timeout that left open whether it arrived) adds nothing twice.
         *
         * @param sequence grows with each new set of additions of this router process
         */
        Future<Map<CountKey, Long>> add(long sequence, Map<CountKey, Long> additions);
    }

    private RequestCounts() {}
}
