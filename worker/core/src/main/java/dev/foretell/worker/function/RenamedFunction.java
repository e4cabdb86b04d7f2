package dev.foretell.worker.function;

import dev.foretell.commons.identity.Names;
import dev.foretell.commons.wire.WorkerIndex;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A function served under a name that its user chose. */
record RenamedFunction(String name, ServedFunction function) implements ServedFunction {
    RenamedFunction {
        Names.require("function", name);
    }

    @Override
    public WorkerIndex.Function describe() {
        WorkerIndex.Function own = function.describe();
        return new WorkerIndex.Function(
                "/" + name, own.doc(), own.parameters(), own.result(), own.batch(), own.sample(), own.stream());
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
    public Refusals refusals() {
        return function.refusals();
    }

    @Override
    public Optional<Batching> batching() {
        return function.batching();
    }

    @Override
    public ServedFunction named(String another) {
        return new RenamedFunction(another, function);
    }
}
