package dev.foretell.worker.function;

import dev.foretell.commons.wire.WorkerIndex;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A function some of whose exceptions mean that its input is wrong. */
public record RefusingFunction(ServedFunction function, Refusals refusals) implements ServedFunction {
    /** The function's own refusals go before these. */
    public static ServedFunction of(ServedFunction function, Refusals refusals) {
        return refusals.statuses().isEmpty()
                ? function
                : new RefusingFunction(function, function.refusals().or(refusals));
    }

    @Override
    public String name() {
        return function.name();
    }

    @Override
    public WorkerIndex.Function describe() {
        return function.describe();
    }

    @Override
    public @Nullable Object call(CallBody body) throws Exception {
        return function.call(body);
    }

    @Override
    public List<String> headers() {
        return function.headers();
    }

    @Override
    public @Nullable CompletionStage<?> prepare() {
        return function.prepare();
    }

    @Override
    public boolean predicts() {
        return function.predicts();
    }

    @Override
    public boolean streams() {
        return function.streams();
    }

    @Override
    public Optional<Batching> batching() {
        return function.batching();
    }
}
