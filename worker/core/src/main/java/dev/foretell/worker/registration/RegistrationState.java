package dev.foretell.worker.registration;

import org.jspecify.annotations.Nullable;

/**
 * The state of a worker's registration.
 *
 * @param router the URL of the router that accepted it last; null before the first
 * @param trouble why the last attempt failed; null if it succeeded, or before the first
 */
public record RegistrationState(
        @Nullable String router, @Nullable String trouble) {
    static final RegistrationState BEGUN = new RegistrationState(null, null);

    /** Whether the last attempt succeeded. Otherwise the worker may still be registered until its lease expires. */
    public boolean isRegistered() {
        return router != null && trouble == null;
    }

    RegistrationState with(Throwable failure) {
        return new RegistrationState(router, String.valueOf(failure.getMessage()));
    }
}
