package dev.foretell.router.models;

import dev.foretell.commons.time.Deadline;
import dev.foretell.router.admission.Priority;
import dev.foretell.router.predict.PredictCall;
import dev.foretell.router.upstream.Answer;
import dev.foretell.router.upstream.AnswerStream;
import dev.foretell.router.upstream.AttemptFailure;
import dev.foretell.router.upstream.CallAbort;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

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
        if (loop == null || call.form() != null || given.rest() != null || !tally.begin()) {
            return;
        }
        Buffer body = given.body().copy();
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
                null,
                null);
        loop.runOnContext(sent -> Future.succeededFuture(copy)
                .compose(predictor)
                .timeout(LONGEST.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(failure -> abort.abort(AttemptFailure.Reason.DEADLINE))
                .onComplete(done -> {
                    tally.end();
                    if (done.succeeded()) {
                        compare(tally, body, done.result());
                    } else {
                        tally.failed();
                    }
                }));
    }

    /** A stream is not read. */
    private static void compare(ShadowTally tally, Buffer given, Answer answer) {
        AnswerStream rest = answer.rest();
        if (rest == null) {
            tally.compared(AnswerDiff.of(given, answer.body()));
        } else {
            rest.giveUp(AnswerStream.End.CANCELLED);
            tally.failed();
        }
    }
}
