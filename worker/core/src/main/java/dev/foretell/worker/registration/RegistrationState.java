package dev.foretell.worker.registration;

import org.jspecify.annotations.Nullable;

/**
 * How a worker's place in the map of its routers stands.
 *
 * @param router the URL of the router that took it last; null before one has
 * @param trouble why it was not registered, or its lease not renewed, at the last try; null where it was, or before the first
 */
public record RegistrationState(
        @Nullable String router, @Nullable String trouble) {
    static final RegistrationState BEGUN = new RegistrationState(null, null);

    /** Whether the last try went well. Where not, the worker may still have its place, for as long as its lease lasts. */
    public boolean isRegistered() {
        return router != null && trouble == null;
    }

    RegistrationState with(Throwable failure) {
        return new RegistrationState(router, String.valueOf(failure.getMessage()));
    }
}
