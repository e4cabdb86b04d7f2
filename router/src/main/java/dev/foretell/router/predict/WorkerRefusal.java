package dev.foretell.router.predict;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.router.upstream.WorkerAnswer;
import dev.foretell.router.upstream.WorkerWords;

/** A worker's own 4xx: the function refused its input. The caller gets the worker's status and words. */
public final class WorkerRefusal extends PredictFailure {
    private static final long serialVersionUID = 1L;

    private final int status;

    WorkerRefusal(WorkerAnswer answer, String model, int tries) {
        super(FailureKind.INVALID_INPUT, WorkerWords.of(answer.body()), null, model, tries);
        this.status = answer.status();
    }

    /** The worker's. */
    @Override
    public int status() {
        return status;
    }
}
