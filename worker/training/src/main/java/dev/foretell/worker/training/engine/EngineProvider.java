package dev.foretell.worker.training.engine;

import dev.foretell.commons.training.EngineName;
import dev.foretell.worker.training.pipeline.Pipeline;
import dev.foretell.worker.training.table.Target;
import java.nio.file.Path;
import java.util.function.IntConsumer;

/** Starts engines; a process finds those on its class path with {@link java.util.ServiceLoader}. */
public interface EngineProvider {
    EngineName name();

    /**
     * Called before any work.
     *
     * @throws dev.foretell.commons.failure.ServingException NO_WORKER if nothing listens at the address of a cluster
     */
    void requireMaster(String master);

    /**
     * Called before it starts.
     *
     * @throws dev.foretell.commons.failure.ServingException INVALID_INPUT for what it cannot learn
     */
    void check(Pipeline pipeline, Target target);

    /**
     * @param master address of the cluster, or {@code local} with a number of threads
     * @param folder for the engine's files
     * @param passes gets how many passes over the rows an algorithm has made so far, from any thread
     */
    Engine start(String master, Path folder, IntConsumer passes);
}
