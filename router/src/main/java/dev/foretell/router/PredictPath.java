package dev.foretell.router;

import dev.foretell.commons.time.Scheduler;
import dev.foretell.commons.time.TimeoutWheel;
import dev.foretell.router.admission.Admission;
import dev.foretell.router.batch.BatchConfig;
import dev.foretell.router.cache.ResponseCaches;
import dev.foretell.router.predict.CacheLookup;
import dev.foretell.router.predict.Deadlines;
import dev.foretell.router.predict.EnsembleLookup;
import dev.foretell.router.predict.PredictService;
import dev.foretell.router.predict.Predictor;
import dev.foretell.router.predict.Recorder;
import dev.foretell.router.predict.VersionRouter;
import dev.foretell.router.predict.attempt.AttemptTools;
import dev.foretell.router.predict.batch.Batches;
import dev.foretell.router.predict.hedge.Hedges;
import dev.foretell.router.predict.spans.CallTracer;
import dev.foretell.router.retry.Retrier;
import dev.foretell.router.upstream.WorkerClient;
import dev.foretell.router.upstream.pool.EndpointPools;
import dev.foretell.tracing.Tracing;
import java.util.concurrent.ThreadLocalRandom;

/** The stages of a predict call that all event loops share. Builds the predictor of one loop from them. */
final class PredictPath {
    private final VersionRouter traffic;
    private final EnsembleLookup ensembles;
    private final EndpointPools pools;
    private final Admission admission;
    private final Retrier retrier;
    private final Hedges hedges;
    private final ResponseCaches caches;
    private final Recorder recorder;
    private final Tracing tracing;

    PredictPath(
            RouterConfig config,
            VersionRouter traffic,
            EnsembleLookup ensembles,
            EndpointPools pools,
            Admission admission,
            Recorder recorder) {
        this.traffic = traffic;
        this.ensembles = ensembles;
        this.pools = pools;
        this.admission = admission;
        this.recorder = recorder;
        retrier = new Retrier(
                config.calls().retry(),
                System::nanoTime,
                () -> ThreadLocalRandom.current().nextDouble());
        hedges = new Hedges(config.calls().retry());
        tracing = Tracing.open(config.tracing(), "foretell-router");
        caches = ResponseCaches.of(config.calls().cache(), System::nanoTime);
    }

    PredictPath enter(LiveSettings settings) {
        settings.on("retry", next -> retrier.adopt(next.calls().retry()));
        settings.on("retry", next -> hedges.adopt(next.calls().retry()));
        settings.on("tracing.sample", next -> tracing.adopt(next.tracing().sample()));
        return this;
    }

    EndpointPools pools() {
        return pools;
    }

    ResponseCaches caches() {
        return caches;
    }

    Tracing tracing() {
        return tracing;
    }

    /** With the timers of the event loop that it is for. */
    Predictor predictor(WorkerClient workers, BatchConfig batch, Scheduler scheduler, TimeoutWheel wheel) {
        AttemptTools tools = new AttemptTools(retrier, workers, hedges, scheduler, wheel, System::nanoTime);
        return new Predictor(
                traffic,
                pools,
                new CacheLookup(caches, recorder.counts(), recorder.outcomes()),
                admission,
                new Batches(batch, pools, tools),
                recorder);
    }

    PredictService answers(Predictor predictor, Deadlines deadlines) {
        return new PredictService(predictor, deadlines, pools, recorder, ensembles, new CallTracer(tracing));
    }
}
