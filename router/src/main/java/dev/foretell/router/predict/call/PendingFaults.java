package dev.foretell.router.predict.call;

import dev.foretell.router.retry.RetryDecision;
import dev.foretell.router.upstream.call.WorkerResponse;
import dev.foretell.router.upstream.pool.FunctionFault;
import io.vertx.core.AsyncResult;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The failures of one call's function, while it is unknown who is at fault. Immutable. */
record PendingFaults(List<FunctionFault> faults) {
    static final PendingFaults NONE = new PendingFaults(List.of());

    PendingFaults {
        faults = List.copyOf(faults);
    }

    PendingFaults with(FunctionFault fault) {
        return new PendingFaults(
                Stream.concat(faults.stream(), Stream.of(fault)).toList());
    }

    boolean isEmpty() {
        return faults.isEmpty();
    }

    /**
     * How the call continues: after a failure of its function it is tried once more elsewhere. If the function fails
     * everywhere, the call does not wait for a retry.
     *
     * @param ofFunction whether the latest attempt failed in this way too
     */
    Optional<RetryDecision> onward(boolean ofFunction, boolean hasOther) {
        if (faults.size() > 1 || !ofFunction || !hasOther) {
            return Optional.empty();
        }
        return Optional.of(faults.get(0).isCommon() ? RetryDecision.IF_ROOM : RetryDecision.AFTER_BACKOFF);
    }

    /** The call has ended: decides who is at fault, as far as can be known. */
    void judge(AsyncResult<WorkerResponse> end) {
        Consumer<FunctionFault> verdict = verdict(end);
        faults.forEach(verdict);
    }

    private Consumer<FunctionFault> verdict(AsyncResult<WorkerResponse> end) {
        if (end.succeeded() && end.result().status() < 400) {
            return FunctionFault::blameWorker;
        }
        return end.succeeded() || faults.size() > 1 ? FunctionFault::blameInput : FunctionFault::leaveUndecided;
    }
}
