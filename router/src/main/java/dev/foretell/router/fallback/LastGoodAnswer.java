package dev.foretell.router.fallback;

import dev.foretell.router.cache.AnswerStore;
import dev.foretell.router.cache.InputKey;
import dev.foretell.router.cache.KeptAnswer;
import dev.foretell.router.upstream.Answer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** What a worker last answered to the same input, however the workers have changed since. */
record LastGoodAnswer(AnswerStore store) implements Fallback {
    @Override
    public String kind() {
        return "last-good";
    }

    @Override
    public Future<Answer> insteadOf(FailedCall call) {
        InputKey key = store.key(call.modelId(), call.data());
        KeptAnswer kept = key == null ? null : store.find(key);
        return kept == null ? Future.failedFuture("no good answer to this input") : Future.succeededFuture(kept);
    }

    @Override
    public void answered(String modelId, Buffer data, Answer answer) {
        InputKey key = store.key(modelId, data);
        KeptAnswer good = key == null ? null : KeptAnswer.of(answer);
        if (key != null && good != null) {
            store.keep(key, good);
        }
    }
}
