package dev.foretell.worker.function;

import java.util.Optional;

/**
 * Functions beside those that a worker is started with: found by name as calls come for them, and never listed. Asked only
 * for names that no listed function has. Thread-safe, and quick: it is asked on event loops.
 */
public interface FunctionSource {
    /** No functions at all. */
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

    /** Most calls at once of any of its functions, as the index says for a model host; 0 where there is nothing to be said. */
    int batchMax();

    /** Bytes that there are for models, as the index says for a model host; 0 where there is nothing to be said. */
    default long memoryBytes() {
        return 0;
    }
}
