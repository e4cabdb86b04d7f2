package dev.foretell.worker.registration;

import dev.foretell.commons.config.Secret;
import dev.foretell.commons.identity.Names;
import java.time.Duration;
import java.util.List;

/**
 * The routers of a worker, and its registration.
 *
 * @param router URLs of one or more routers that share their state; the worker uses one at a time; empty for no
 *     registration
 * @param key the router's token, sent as {@code Authorization: Bearer …}; empty for no token
 * @param type the model type
 * @param model the model's name; empty for the name of each function
 * @param advertise the host for the router's calls; empty for the one listened on
 * @param localWorkerId distinguishes workers at the same address
 * @param lease how long the router keeps the worker without a renewal; renewed every third of it
 * @param timeout maximum time of one request to the router
 */
public record RegistrationConfig(
        List<String> router,
        @Secret String key,
        String type,
        String model,
        String advertise,
        int localWorkerId,
        Duration lease,
        Duration timeout) {
    public RegistrationConfig {
        router = RouterUrls.check(router);
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
    }

    public static RegistrationConfig defaults() {
        return new RegistrationConfig(List.of(), "", "AI", "", "", 0, Duration.ofSeconds(15), Duration.ofSeconds(3));
    }

    /** These settings with a router (or several, separated by commas), type and model; the model may be empty. */
    public RegistrationConfig with(String router, String type, String model) {
        return with(RouterUrls.split(router), type, model);
    }

    /** The same with several routers. */
    public RegistrationConfig with(List<String> router, String type, String model) {
        return new RegistrationConfig(router, key, type, model, advertise, localWorkerId, lease, timeout);
    }

    public boolean isWanted() {
        return !router.isEmpty();
    }

    /** Omits the key. */
    @Override
    public String toString() {
        return String.join(",", router) + " " + type;
    }
}
