package dev.foretell.router.models;

import dev.foretell.commons.time.Deadline;
import dev.foretell.router.admission.Priority;
import dev.foretell.router.predict.PredictCall;
import dev.foretell.router.predict.RouteTrace;
import dev.foretell.router.upstream.Answer;
import dev.foretell.router.upstream.AnswerStream;
import dev.foretell.router.upstream.AttemptFailure;
import dev.foretell.router.upstream.CallAbort;
import dev.foretell.router.upstream.CallForm;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The copy of an answered call that a shadow gets: of the lowest priority, after the answer, and for nobody but the tally. */
final class ShadowCall {
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private ShadowCall() {}

    /** Sends it once this turn of the event loop, which writes the answer, is over. */
    static void send(
            ShadowTally tally,
            String shadowId,
            PredictCall call,
            Answer given,
            Function<PredictCall, Future<Answer>> predictor) {
        Context loop = Vertx.currentContext();
        if (loop == null || given.rest() != null || !isThere(call.form()) || !tally.begin()) {
            return;
        }
        String requestId = call.abort().requestId();
        ComparedAnswer kept = ComparedAnswer.copyOf(given, call.form());
        CallAbort abort = new CallAbort();
        abort.ofCopy();
        PredictCall copy = new PredictCall(
                call.type(),
                shadowId,
                call.data().copy(),
                call.stickyKey(),
                Priority.LOW,
                Deadline.after(LONGEST, System.nanoTime()),
                abort,
                true,
                RouteTrace.OFF,
                call.form());
        loop.runOnContext(sent -> Future.succeededFuture(copy)
                .compose(predictor)
                .timeout(LONGEST.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(failure -> abort.abort(AttemptFailure.Reason.DEADLINE))
                .onComplete(done -> {
                    tally.end();
                    if (done.succeeded()) {
                        answered(tally, requestId, kept, done.result(), copy.form());
                    } else {
                        tally.failed();
                    }
                }));
    }

    /** Whether all of the call is there to be copied. */
    private static boolean isThere(@Nullable CallForm form) {
        return form == null || (form.upload() == null && !form.events());
    }

    /** A stream is not read. */
    private static void answered(
            ShadowTally tally,
            @Nullable String requestId,
            ComparedAnswer given,
            Answer answer,
            @Nullable CallForm form) {
        AnswerStream rest = answer.rest();
        if (rest == null) {
            tally.compared(AnswerDiff.of(given, ComparedAnswer.of(answer, form)), requestId);
        } else {
            rest.giveUp(AnswerStream.End.CANCELLED);
            tally.failed();
        }
    }
}
