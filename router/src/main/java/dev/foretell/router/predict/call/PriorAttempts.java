package dev.foretell.router.predict.call;

import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.call.AttemptFailure.Reason;
import dev.foretell.router.upstream.pool.Endpoint;
import dev.foretell.router.upstream.pool.FunctionFault;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was tried for a call before it went on by itself.
 *
 * @param dropped those of the tried that broke off the connection
 * @param attempts used up so far; workers that could not be reached use up none
 * @param last how the latest of them ended
 * @param faults of its function, of which it is not known yet whose they are
 * @param copied whether it is a copy itself, which is copied no further
 */
public record PriorAttempts(
        List<Endpoint> tried,
        List<Endpoint> dropped,
        int attempts,
        @Nullable AttemptFailure last,
        List<FunctionFault> faults,
        boolean copied) {
    public static final PriorAttempts NONE = new PriorAttempts(List.of(), List.of(), 0, null, List.of(), false);

    public PriorAttempts {
        tried = List.copyOf(tried);
        dropped = List.copyOf(dropped);
        faults = List.copyOf(faults);
    }

    public PriorAttempts after(Endpoint endpoint, AttemptFailure failure) {
        return new PriorAttempts(
                with(tried, endpoint),
                failure.reason() == Reason.DROPPED ? with(dropped, endpoint) : dropped,
                failure.reason() == Reason.UNREACHABLE ? attempts : attempts + 1,
                failure,
                faults,
                copied);
    }

    public PriorAttempts with(FunctionFault fault) {
        return new PriorAttempts(tried, dropped, attempts, last, List.of(fault), copied);
    }

    /** A copy is to go elsewhere, while it has not ended there. */
    public PriorAttempts silentAt(Endpoint endpoint) {
        return new PriorAttempts(with(tried, endpoint), dropped, attempts, last, faults, true);
    }

    private static List<Endpoint> with(List<Endpoint> endpoints, Endpoint endpoint) {
        return Stream.concat(endpoints.stream(), Stream.of(endpoint)).toList();
    }
}
