package dev.foretell.worker.function;

import dev.foretell.commons.identity.Names;
import dev.foretell.commons.wire.WorkerIndex;

/** A function with a name that its user chose. */
record RenamedFunction(String name, ServedFunction function) implements WrappedFunction {
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
    public ServedFunction named(String another) {
        return new RenamedFunction(another, function);
    }
}
