package dev.foretell.router.predict;

import dev.foretell.commons.wire.Headers;
import dev.foretell.router.cache.AnswerCaches;
import dev.foretell.router.cache.AnswerStore;
import dev.foretell.router.cache.InputKey;
import dev.foretell.router.cache.KeptAnswer;
import dev.foretell.router.counts.RequestCounts;
import dev.foretell.router.upstream.Answer;
import dev.foretell.router.upstream.EndpointPool;
import io.vertx.core.Future;
import java.util.function.BiFunction;

/** Answers calls with what was answered to the same input before, where their model has a cache. Thread-safe. */
public record CachedAnswers(AnswerCaches caches, RequestCounts counts, Outcomes outcomes) {
    /** @param workers asked where there is no such answer, or the caller wants none */
    Future<Answer> answer(
            EndpointPool pool, PredictCall call, BiFunction<EndpointPool, PredictCall, Future<Answer>> workers) {
        AnswerStore store = call.form() == null ? caches.of(pool.model()) : null;
        InputKey key = store == null ? null : store.key(call.modelId(), call.data());
        if (store == null || key == null) {
            return workers.apply(pool, call);
        }
        KeptAnswer kept = call.wantsFresh() ? null : store.find(key);
        return kept == null
                ? workers.apply(pool, call).onSuccess(answer -> keep(store, key, answer))
                : Future.succeededFuture(hit(pool, call, kept));
    }

    private Answer hit(EndpointPool pool, PredictCall call, KeptAnswer kept) {
        counts.cacheHit(pool.model(), call.modelId());
        outcomes.answered(pool, call, null);
        call.trace().cached();
        return kept;
    }

    private static void keep(AnswerStore store, InputKey key, Answer answer) {
        KeptAnswer kept = KeptAnswer.of(answer);
        if (kept != null) {
            store.keep(key, kept.with(Headers.CACHE, "hit"));
        }
    }
}
