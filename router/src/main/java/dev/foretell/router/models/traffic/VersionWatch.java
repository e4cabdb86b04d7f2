package dev.foretell.router.models.traffic;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.models.TrafficPlan;
import dev.foretell.router.predict.VersionRouter;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.predict.call.WorkerRefusal;
import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.call.Response;
import io.vertx.core.Future;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;

/**
 * Counts the outcome of one call for its version, and sends it to the shadow as well if there is one.
 *
 * @param directed whether the plan or an alias chose the version; otherwise the call has no shadow
 */
record VersionWatch(
        ModelTraffic model,
        VersionStats stats,
        PredictCall call,
        boolean directed,
        long startNanos,
        Consumer<ModelTraffic> judge)
        implements VersionRouter.Watch {
    /** Failures that reflect on the version, rather than on the caller or the load. */
    private static final Set<FailureKind> ITS_OWN = EnumSet.of(
            FailureKind.WORKER_FAILED,
            FailureKind.FUNCTION_FAILED,
            FailureKind.NO_WORKER,
            FailureKind.DEADLINE_EXCEEDED,
            FailureKind.INTERNAL);

    @Override
    public void onResponse(Response response, Function<PredictCall, Future<Response>> predictor) {
        count(VersionStats::recordResponse);
        TrafficPlan.Shadow shadow = model.plan().shadow();
        ShadowTally tally = model.shadow();
        String shadowId = model.shadowId();
        if (directed
                && shadow != null
                && tally != null
                && shadowId != null
                && !shadowId.equals(call.modelId())
                && ThreadLocalRandom.current().nextInt(100) < shadow.percent()) {
            ShadowCall.send(tally, shadowId, call, response, predictor);
        }
    }

    @Override
    public void onFailure(Throwable failure) {
        if (call.cancellation().reason() == AttemptFailure.Reason.CANCELLED) {
            count(VersionStats::recordResponse);
        } else if (failure instanceof WorkerRefusal) {
            count(VersionStats::recordRefusal);
        } else if (!(failure instanceof ServingException serving) || ITS_OWN.contains(serving.kind())) {
            count(VersionStats::recordFailure);
        }
    }

    private void count(ObjLongConsumer<VersionStats> as) {
        as.accept(stats, System.nanoTime() - startNanos);
        if (model.isDue(stats)) {
            judge.accept(model);
        }
    }
}
