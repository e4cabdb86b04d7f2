package dev.foretell.router;

import dev.foretell.router.admission.Admission;
import dev.foretell.router.batch.BatchConfig;
import dev.foretell.router.batch.Batcher;
import dev.foretell.router.cache.AnswerCaches;
import dev.foretell.router.counts.RequestCounts;
import dev.foretell.router.fallback.Fallbacks;
import dev.foretell.router.predict.Answers;
import dev.foretell.router.predict.Batches;
import dev.foretell.router.predict.CachedAnswers;
import dev.foretell.router.predict.Deadlines;
import dev.foretell.router.predict.Delivery;
import dev.foretell.router.predict.Hedges;
import dev.foretell.router.predict.Outcomes;
import dev.foretell.router.predict.Predictor;
import dev.foretell.router.predict.Recorder;
import dev.foretell.router.predict.Traffic;
import dev.foretell.router.retry.Retrier;
import dev.foretell.router.upstream.EndpointPools;
import dev.foretell.router.upstream.WorkerClient;
import java.util.concurrent.ThreadLocalRandom;

/** The stages of a predict call that all event loops share, and how one loop's predictor is made of them. */
final class PredictPath {
    private final Traffic traffic;
    private final EndpointPools pools;
    private final Admission admission;
    private final Retrier retrier;
    private final Hedges hedges;
    private final AnswerCaches caches;
    private final Recorder recorder;

    PredictPath(
            RouterConfig config,
            Traffic traffic,
            EndpointPools pools,
            Admission admission,
            RequestCounts counts,
            Outcomes outcomes) {
        this.traffic = traffic;
        this.pools = pools;
        this.admission = admission;
        retrier = new Retrier(
                config.retry(),
                System::nanoTime,
                () -> ThreadLocalRandom.current().nextDouble());
        hedges = new Hedges(config.retry());
        caches = AnswerCaches.of(config.cache(), System::nanoTime);
        recorder = new Recorder(counts, outcomes, Fallbacks.of(config.fallback(), System::nanoTime));
    }

    PredictPath enter(LiveSettings settings) {
        settings.on("retry", next -> retrier.adopt(next.retry()));
        settings.on("retry", next -> hedges.adopt(next.retry()));
        return this;
    }

    EndpointPools pools() {
        return pools;
    }

    AnswerCaches caches() {
        return caches;
    }

    /** @param timers of the event loop that it is for */
    Predictor predictor(WorkerClient workers, BatchConfig batch, Batcher.Timers timers) {
        Delivery delivery = new Delivery(retrier, workers, hedges, timers, System::nanoTime);
        return new Predictor(
                traffic,
                pools,
                new CachedAnswers(caches, recorder.counts(), recorder.outcomes()),
                admission,
                new Batches(batch, pools, delivery),
                recorder);
    }

    Answers answers(Predictor predictor, Deadlines deadlines) {
        return new Answers(predictor, deadlines, pools, recorder);
    }
}
