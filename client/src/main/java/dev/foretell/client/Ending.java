package dev.foretell.client;

import dev.foretell.client.failure.ForetellException;
import dev.foretell.client.failure.Problem;
import dev.foretell.client.failure.ProblemException;
import dev.foretell.client.failure.ProblemKind;
import dev.foretell.client.failure.RouterUnreachableException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an attempt failed, and whether another one is safe.
 *
 * @param retryAfter how long the router asks to wait; null if it does not
 */
record Ending(
        RuntimeException failure, Again again, @Nullable Duration retryAfter) {
    /** When to try again. */
    enum Again {
        NEVER,
        /** At another router at once: this one did nothing. Where there is no other one, later. */
        ELSEWHERE,
        LATER,
        /** Later, but only if a call may be carried out twice. */
        LATER_IF_REPEATABLE
    }

    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    private static final int DEEPEST = 20;

    /** A response that is not a success. */
    static Ending of(HttpResponse<Received> response, String requestId) {
        Problem problem = Problem.read(
                response.statusCode(), response.headers(), response.body().bytes());
        return new Ending(new ProblemException(problem, requestId), again(problem), problem.retryAfter());
    }

    private static Again again(Problem problem) {
        if (problem.kind() == ProblemKind.STARTING || problem.kind() == ProblemKind.DRAINING) {
            return Again.ELSEWHERE;
        }
        if (problem.kind().isBeforeWork() || problem.status() == TOO_MANY) {
            return Again.LATER;
        }
        // Of a proxy in between; or an ensemble, some of whose members have responded.
        boolean isUncertain = problem.kind() == ProblemKind.OTHER || problem.retryable();
        return problem.status() == UNAVAILABLE && isUncertain ? Again.LATER_IF_REPEATABLE : Again.NEVER;
    }

    /** An attempt without a response. */
    static Ending of(Throwable failure, URI router, String requestId) {
        List<Throwable> causes = causes(failure);
        for (Throwable cause : causes) {
            if (cause instanceof ForetellException own) {
                return new Ending(own, Again.NEVER, null);
            }
        }
        if (causes.stream().anyMatch(Ending::isRefusal)) {
            return unreachable("nothing answers at " + router, requestId, failure, Again.ELSEWHERE);
        }
        if (causes.stream().anyMatch(ProtocolException.class::isInstance)) {
            return unreachable(
                    "what answers at " + router + " does not speak HTTP as a router does",
                    requestId,
                    failure,
                    Again.NEVER);
        }
        Again again = causes.stream().anyMatch(IOException.class::isInstance) ? Again.LATER_IF_REPEATABLE : Again.NEVER;
        return unreachable(
                "the connection to " + router + " broke before the response was there", requestId, failure, again);
    }

    private static Ending unreachable(String message, String requestId, Throwable cause, Again again) {
        return new Ending(new RouterUnreachableException(message, requestId, cause), again, null);
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && causes.size() < DEEPEST; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    /** Nothing was sent. */
    private static boolean isRefusal(Throwable failure) {
        return failure instanceof ConnectException
                || failure instanceof HttpConnectTimeoutException
                || failure instanceof UnresolvedAddressException;
    }
}
