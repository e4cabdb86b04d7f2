package dev.foretell.router.ensemble.call;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.Problem;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.ensemble.Member;
import dev.foretell.router.predict.call.PredictFailure;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The result of one member's call: a mergeable response, or a failure.
 *
 * @param answer null after a failure
 * @param failure null with an answer
 */
record MemberResult(
        Member member,
        long nanos,
        @Nullable JsonNode answer,
        @Nullable ServingException failure) {
    private static final Set<FailureKind> OF_INPUT = Set.of(
            FailureKind.MALFORMED,
            FailureKind.INVALID_INPUT,
            FailureKind.UNSUPPORTED_MEDIA_TYPE,
            FailureKind.PAYLOAD_TOO_LARGE);

    static MemberResult of(Member member, long nanos, JsonNode answer) {
        return new MemberResult(member, nanos, answer, null);
    }

    static MemberResult ofFailure(Member member, long nanos, Throwable why) {
        return new MemberResult(
                member,
                nanos,
                null,
                ServingException.of(why, FailureKind.INTERNAL, "an error of the router's own; it is in its log"));
    }

    /** The same result as a failure, because its answer cannot be merged with the others. */
    MemberResult without(String why) {
        return new MemberResult(member, nanos, null, MemberResponse.misfit(why));
    }

    boolean isPresent() {
        return answer != null;
    }

    /** Whether the member refused the caller's input. */
    boolean isRefusal() {
        return failure != null && OF_INPUT.contains(failure.kind());
    }

    /** Whether the same call would fail again: the model is not there any more, or its response cannot be merged. */
    boolean isLasting() {
        return failure != null && !Problem.of(failure.kind()).retryable();
    }

    /** The HTTP status of a call of this member alone. */
    int status() {
        if (failure == null) {
            return 200;
        }
        int own = failure instanceof PredictFailure predict ? predict.status() : 0;
        return own > 0 ? own : Problem.of(failure.kind()).status();
    }
}
