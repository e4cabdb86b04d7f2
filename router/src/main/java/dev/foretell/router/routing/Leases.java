package dev.foretell.router.routing;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** The leases of self-registered workers. */
public final class Leases {
    /** Where leases are kept for all routers; time is the store's own, so that routers' clocks need not agree. */
    public interface Store {
        /** Starts or renews leases, each for as long as given from now. */
        Future<Void> renew(Map<LeaseKey, Duration> leases);

        /** The leases that have run out, each with how long ago; at most 1000 at once. */
        Future<Map<LeaseKey, Duration>> expired();

        Future<Void> forget(Set<LeaseKey> leases);
    }

    private Leases() {}
}
