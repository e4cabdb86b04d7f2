package dev.foretell.router.predict;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.counts.RequestCounts;
import dev.foretell.router.fallback.Fallback;
import dev.foretell.router.fallback.Fallbacks;
import dev.foretell.router.upstream.Answer;
import dev.foretell.router.upstream.AnswerStream;
import dev.foretell.router.upstream.EndpointPool;
import dev.foretell.router.upstream.WorkerAnswer;

/** Records that a worker answered: the answer counts, and may stand in for a later one. Shared by all event loops. */
public record Recorder(RequestCounts counts, Outcomes outcomes, Fallbacks fallbacks) {
    /**
     * Records what a worker answered to a caller.
     *
     * @throws WorkerRefusal where it is a refusal (4xx)
     */
    Answer record(EndpointPool pool, PredictCall call, Delivered delivered) {
        count(pool.model(), call, delivered.answer());
        Answer accepted = delivered.accepted(pool.model());
        outcomes.answered(pool, call, accepted.rest());
        return accepted;
    }

    /** A stream counts when it ends, unless its worker broke it off, or its function failed. */
    private void count(ModelKey model, PredictCall call, WorkerAnswer answer) {
        AnswerStream rest = answer.rest();
        if (rest == null) {
            counts.answered(model, call.modelId(), answer.worker());
            keep(model, call, answer);
        } else {
            rest.onEnd(end -> {
                if (end != AnswerStream.End.BROKEN_OFF && end != AnswerStream.End.FUNCTION_FAILED) {
                    counts.answered(model, call.modelId(), answer.worker());
                }
            });
        }
    }

    private void keep(ModelKey model, PredictCall call, WorkerAnswer answer) {
        Fallback fallback = fallbacks.isEmpty() || call.form() != null ? null : fallbacks.of(model);
        if (fallback != null) {
            fallback.answered(model.isVersion() ? model.base().name() : call.modelId(), call.data(), answer);
        }
    }
}
