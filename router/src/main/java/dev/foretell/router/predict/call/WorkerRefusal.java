package dev.foretell.router.predict.call;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.router.upstream.call.WorkerResponse;
import dev.foretell.router.upstream.connection.WorkerErrorText;

/** A worker's own 4xx: the function refused its input. The caller gets the worker's status and message. */
public final class WorkerRefusal extends PredictFailure {
    private static final long serialVersionUID = 1L;

    private final int status;

    private WorkerRefusal(WorkerResponse response, String model, int tries) {
        super(FailureKind.INVALID_INPUT, WorkerErrorText.of(response.body()), null, model, tries);
        this.status = response.status();
    }

    private WorkerRefusal(WorkerRefusal refusal, String detail) {
        super(refusal.kind(), detail, refusal.getCause(), refusal.model(), refusal.tries());
        this.status = refusal.status;
    }

    /** Returns the response unless it is a refusal (4xx). */
    public static WorkerResponse requireNone(WorkerResponse response, ModelKey model, PredictCall call) {
        if (response.status() >= 400) {
            throw new WorkerRefusal(response, model.toString(), call.context().attempts());
        }
        return response;
    }

    @Override
    public WorkerRefusal plus(String more) {
        return new WorkerRefusal(this, detail() + more);
    }

    /** The worker's status. */
    @Override
    public int status() {
        return status;
    }
}
