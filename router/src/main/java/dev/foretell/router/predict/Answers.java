package dev.foretell.router.predict;

import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.time.Deadline;
import dev.foretell.router.upstream.Answer;
import dev.foretell.router.upstream.CallAbort;
import dev.foretell.router.upstream.CallTally;
import dev.foretell.router.upstream.EndpointPools;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/** What a caller gets: the answer in time, or what stands in for it. Each event loop has one. */
public final class Answers {
    private final Predictor predictor;
    private final Deadlines deadlines;
    private final Outcomes outcomes;
    private final FallbackAnswers fallbacks;

    public Answers(Predictor predictor, Deadlines deadlines, EndpointPools pools, Recorder recorder) {
        this.predictor = predictor;
        this.deadlines = deadlines;
        this.outcomes = recorder.outcomes();
        this.fallbacks = new FallbackAnswers(recorder.fallbacks(), pools, predictor, deadlines, recorder.counts());
    }

    /** Whether answers are kept, so that it matters if a caller wants a fresh one. */
    public boolean areKept() {
        return predictor.keepsAnswers();
    }

    /** The deadlines of this event loop. */
    public Deadlines deadlines() {
        return deadlines;
    }

    /**
     * The deadline of a call that arrives now.
     *
     * @throws ServingException as {@link Deadlines#of}
     */
    public Deadline deadline(@Nullable String wishMillis) {
        return deadlines.of(wishMillis);
    }

    /**
     * Answers a call by its deadline.
     *
     * @param arriving completes when the call was read
     */
    public Future<Answer> answer(Deadline deadline, CallAbort abort, Future<PredictCall> arriving) {
        Future<Answer> answer = arriving.compose(predictor::predict);
        return fallbacks.areNone()
                ? deadlines.within(deadline, abort, answer, outcomes)
                : deadlines
                        .within(deadline, abort, answer)
                        .recover(failure -> insteadOf(deadline, abort, arriving, failure));
    }

    private Future<Answer> insteadOf(
            Deadline deadline, CallAbort abort, Future<PredictCall> arriving, Throwable failure) {
        CallTally failed = abort.tally();
        return fallbacks
                .insteadOf(arriving.result(), failure)
                .onSuccess(standIn -> outcomes.fellBack(failed, deadline))
                .onFailure(none -> outcomes.failed(deadline, abort, failure));
    }
}
