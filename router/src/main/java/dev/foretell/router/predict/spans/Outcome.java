package dev.foretell.router.predict.spans;

import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.upstream.call.AttemptFailure;
import java.util.Locale;

/** Failures as words of closed lists. */
final class Outcome {
    private Outcome() {}

    static String of(Throwable failure) {
        if (failure instanceof AttemptFailure attempt) {
            return attempt.reason().name().toLowerCase(Locale.ROOT);
        }
        return failure instanceof ServingException serving ? serving.kind().name() : "INTERNAL";
    }
}
