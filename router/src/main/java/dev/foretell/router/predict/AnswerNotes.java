package dev.foretell.router.predict;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.counts.RequestCounts;
import dev.foretell.router.fallback.Fallback;
import dev.foretell.router.fallback.Fallbacks;
import dev.foretell.router.upstream.AnswerStream;
import dev.foretell.router.upstream.WorkerAnswer;
import org.jspecify.annotations.Nullable;

/** Notes that a worker answered: it counts, and may stand in for a later answer. */
record AnswerNotes(RequestCounts counts, @Nullable Fallbacks fallbacks) {
    /** A stream counts when it ends, unless its worker broke it off, or its function failed. */
    void answered(ModelKey model, PredictCall call, WorkerAnswer answer) {
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
        Fallback fallback = fallbacks == null || call.form() != null ? null : fallbacks.of(model);
        if (fallback != null) {
            fallback.answered(model.isVersion() ? model.base().name() : call.modelId(), call.data(), answer);
        }
    }
}
