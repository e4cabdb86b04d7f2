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
        return function.describe().at("/" + name);
    }

    @Override
    public ServedFunction withName(String another) {
        return new RenamedFunction(another, function);
    }
}
