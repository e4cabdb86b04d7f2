package dev.foretell.worker.registration;

import dev.foretell.commons.config.Inline;
import dev.foretell.commons.config.Secret;
import dev.foretell.commons.identity.Names;
import java.time.Duration;
import java.util.List;

/**
 * The routers of a worker, and its registration.
 *
 * @param lease how long the router keeps the worker without hearing of it; renewed three times in that time
 */
public record RegistrationConfig(
        @Inline Routers routers, @Inline Identity identity, Duration lease) {
    /**
     * Where it registers.
     *
     * @param router URLs of one or more routers that share their state, of which one is spoken to at a time; empty for none
     * @param key the key that the router asks for, sent as {@code Authorization: Bearer …}; empty for none
     * @param timeout the longest that one request to the router takes
     */
    public record Routers(List<String> router, @Secret String key, Duration timeout) {
        public Routers {
            router = RouterUrls.check(router);
            if (timeout.toMillis() < 1) {
                throw new IllegalArgumentException("timeout must be at least 1ms");
            }
        }

        /** Without the key. */
        @Override
        public String toString() {
            return String.join(",", router);
        }
    }

    /**
     * What it registers as.
     *
     * @param type the model type
     * @param model the model's name; empty for each function's own name
     * @param advertise the host that the router calls; empty for the one listened on
     * @param localWorkerId tells apart workers behind one address
     */
    public record Identity(String type, String model, String advertise, int localWorkerId) {
        public Identity {
            Names.require("type", type);
            if (!model.isEmpty()) {
                Names.require("model", model);
            }
            if (localWorkerId < 0) {
                throw new IllegalArgumentException("local-worker-id must not be negative");
            }
        }
    }

    public RegistrationConfig {
        if (lease.toMillis() < 1_000 || lease.toMillis() > 3_600_000) {
            throw new IllegalArgumentException("lease must be between 1s and 1h");
        }
    }

    public static RegistrationConfig defaults() {
        return new RegistrationConfig(
                new Routers(List.of(), "", Duration.ofSeconds(3)),
                new Identity("AI", "", "", 0),
                Duration.ofSeconds(15));
    }

    /** These settings with a router (or several, separated by commas), type and model; the model may be empty. */
    public RegistrationConfig with(String router, String type, String model) {
        return with(RouterUrls.split(router), type, model);
    }

    /** The same with several routers. */
    public RegistrationConfig with(List<String> router, String type, String model) {
        return new RegistrationConfig(
                new Routers(router, routers.key(), routers.timeout()),
                new Identity(type, model, identity.advertise(), identity.localWorkerId()),
                lease);
    }

    public boolean isWanted() {
        return !routers.router().isEmpty();
    }

    /** Omits the key. */
    @Override
    public String toString() {
        return routers + " " + identity.type();
    }
}
