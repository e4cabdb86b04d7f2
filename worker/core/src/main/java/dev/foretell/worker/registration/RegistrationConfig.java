package dev.foretell.worker.registration;

import dev.foretell.commons.identity.Names;
import java.time.Duration;

/**
 * Which router a worker belongs to, and as what.
 *
 * @param router its URL; empty for none
 * @param key the key that the router asks for, sent as {@code Authorization: Bearer …}; empty for none
 * @param type the model type
 * @param model the model's name; empty for each function's own name
 * @param advertise the host that the router calls; empty for the one listened on
 * @param localWorkerId tells apart workers behind one address
 * @param lease how long the router keeps the worker without hearing of it; renewed three times in that time
 * @param timeout the longest that one request to the router takes
 */
public record RegistrationConfig(
        String router,
        String key,
        String type,
        String model,
        String advertise,
        int localWorkerId,
        Duration lease,
        Duration timeout) {
    public RegistrationConfig {
        if (!router.isEmpty() && !router.matches("https?://.+")) {
            throw new IllegalArgumentException("router must be a URL like http://localhost:8000");
        }
        Names.require("type", type);
        if (!model.isEmpty()) {
            Names.require("model", model);
        }
        if (localWorkerId < 0) {
            throw new IllegalArgumentException("local-worker-id must not be negative");
        }
        if (lease.toMillis() < 1_000 || lease.toMillis() > 3_600_000) {
            throw new IllegalArgumentException("lease must be between 1s and 1h");
        }
        if (timeout.toMillis() < 1) {
            throw new IllegalArgumentException("timeout must be at least 1ms");
        }
        router = router.replaceAll("/+$", "");
    }

    public static RegistrationConfig defaults() {
        return new RegistrationConfig("", "", "AI", "", "", 0, Duration.ofSeconds(15), Duration.ofSeconds(3));
    }

    /** The same with a router, type and model; the model may be empty. */
    public RegistrationConfig with(String router, String type, String model) {
        return new RegistrationConfig(router, key, type, model, advertise, localWorkerId, lease, timeout);
    }

    public boolean isWanted() {
        return !router.isEmpty();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return router + " " + type;
    }
}
