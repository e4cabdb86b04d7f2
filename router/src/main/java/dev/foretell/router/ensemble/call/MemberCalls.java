package dev.foretell.router.ensemble.call;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.time.Deadline;
import dev.foretell.router.ensemble.Member;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.upstream.call.RequestOptions;
import dev.foretell.router.upstream.call.ResponseMemory;
import dev.foretell.router.upstream.call.Upload;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Derives the calls of members from the call of their ensemble. Thread-safe.
 *
 * @param memory bounds what the calls of all ensembles keep until they are merged, together with the responses in transit
 */
public record MemberCalls(LongSupplier nanoClock, LongWork work, ResponseMemory memory, Classes classes) {
    /** What is known of the probabilities of a model. Thread-safe; never waits. */
    public interface Classes {
        /**
         * Names of the classes, in order; empty where they are not known.
         *
         * @param version the model or version that responded, such as {@code AI/iris:2}
         */
        List<String> of(ModelKey version, String output);
    }

    /** Reads and merges responses; long ones outside the event loop. */
    public interface LongWork {
        <T> Future<T> run(int bytes, Callable<T> task);
    }

    PredictCall of(PredictCall call, Member member) {
        return new PredictCall(
                member.type(),
                member.model(),
                call.data(),
                call.preferences(),
                call.context().forPart(deadline(call.deadline(), member)),
                options(call.options()));
    }

    /** A member without its own deadline leaves a tenth of the time for merging the other responses. */
    private Deadline deadline(Deadline whole, Member member) {
        long now = nanoClock.getAsLong();
        long most = whole.remainingNanos(now) / 10 * 9;
        long own = TimeUnit.MILLISECONDS.toNanos(member.deadlineMs());
        boolean isOwn = own > 0 && own < most;
        return new Deadline(now, now + (isOwn ? own : most), isOwn || whole.isHasty());
    }

    /**
     * All members get the same body, so it must have arrived; and they return whole responses, since streams cannot be merged.
     */
    private static RequestOptions options(RequestOptions options) {
        return RequestOptions.USUAL.with(options.body());
    }

    /**
     * Call it before the members are called.
     *
     * @throws ServingException {@link FailureKind#PAYLOAD_TOO_LARGE} or {@link FailureKind#LENGTH_REQUIRED} if the call's body
     *     is a stream, which can be read only once
     */
    static void requireWhole(PredictCall call) {
        Upload body = call.options().upload();
        if (body != null) {
            throw body.length() >= 0
                    ? new ServingException(
                            FailureKind.PAYLOAD_TOO_LARGE,
                            "an ensemble's body goes to several models, and may be at most http.max-body-bytes long")
                    : new ServingException(
                            FailureKind.LENGTH_REQUIRED,
                            "an ensemble's body goes to several models, and one so long needs a Content-Length");
        }
    }
}
