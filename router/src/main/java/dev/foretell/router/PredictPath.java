package dev.foretell.router;

import dev.foretell.router.admission.Admission;
import dev.foretell.router.batch.BatchConfig;
import dev.foretell.router.batch.Batcher;
import dev.foretell.router.cache.AnswerCaches;
import dev.foretell.router.counts.RequestCounts;
import dev.foretell.router.fallback.Fallbacks;
import dev.foretell.router.predict.Answers;
import dev.foretell.router.predict.Deadlines;
import dev.foretell.router.predict.Hedges;
import dev.foretell.router.predict.Outcomes;
import dev.foretell.router.predict.Predictor;
import dev.foretell.router.predict.Traffic;
import dev.foretell.router.retry.Retrier;
import dev.foretell.router.upstream.EndpointPools;
import dev.foretell.router.upstream.WorkerClient;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What the predictors of all event loops share, and how one is made of it. */
record PredictPath(
        Traffic traffic,
        EndpointPools pools,
        Admission admission,
        Retrier retrier,
        Hedges hedges,
        RequestCounts counts,
        Outcomes outcomes,
        @Nullable AnswerCaches caches,
        @Nullable Fallbacks fallbacks) {
    static PredictPath of(
            RouterConfig config,
            Traffic traffic,
            EndpointPools pools,
            Admission admission,
            RequestCounts counts,
            Outcomes outcomes) {
        return new PredictPath(
                traffic,
                pools,
                admission,
                new Retrier(
                        config.retry(),
                        System::nanoTime,
                        () -> ThreadLocalRandom.current().nextDouble()),
                new Hedges(config.retry()),
                counts,
                outcomes,
                AnswerCaches.of(config.cache(), System::nanoTime),
                Fallbacks.of(config.fallback(), System::nanoTime));
    }

    /** @param timers of the event loop that it is for */
    Predictor predictor(WorkerClient workers, BatchConfig batch, Batcher.Timers timers) {
        return new Predictor(
                traffic, pools, admission, retrier, workers, hedges, counts, outcomes, batch, timers, caches,
                fallbacks);
    }

    Answers answers(Predictor predictor, Deadlines deadlines) {
        return new Answers(predictor, deadlines, pools, counts, outcomes, fallbacks);
    }
}
