package dev.foretell.worker.function;

import dev.foretell.commons.wire.WorkerIndex;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Delegates to another function by default. */
public interface WrappedFunction extends ServedFunction {
    ServedFunction function();

    @Override
    default String name() {
        return function().name();
    }

    @Override
    default WorkerIndex.Function describe() {
        return function().describe();
    }

    @Override
    default @Nullable Object call(CallBody body) throws Exception {
        return function().call(body);
    }

    @Override
    default List<String> headers() {
        return function().headers();
    }

    @Override
    default @Nullable CompletionStage<?> prepare() {
        return function().prepare();
    }

    @Override
    default boolean predicts() {
        return function().predicts();
    }

    @Override
    default boolean streams() {
        return function().streams();
    }

    @Override
    default Optional<Batching> batching() {
        return function().batching();
    }

    @Override
    default Refusals refusals() {
        return function().refusals();
    }
}
