package dev.foretell.worker.function;

import java.util.Optional;

/**
 * Additional functions, found by name when calls arrive, and never listed. Used only for names without a listed
 * function. Thread-safe and fast, because event loops call it.
 */
public interface FunctionSource {
    /** A source without functions. */
    FunctionSource NONE = new FunctionSource() {
        @Override
        public Optional<ServedFunction> find(String name) {
            return Optional.empty();
        }

        @Override
        public int batchMax() {
            return 0;
        }
    };

    Optional<ServedFunction> find(String name);

    /** The maximum batch size of its functions, for the index of a model host; 0 to omit it. */
    int batchMax();

    /** Bytes of memory for models, for the index of a model host; 0 to omit it. */
    default long memoryBytes() {
        return 0;
    }
}
