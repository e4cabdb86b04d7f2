package dev.foretell.worker.training.engine;

import dev.foretell.commons.training.EngineName;
import java.nio.file.Path;
import java.util.function.IntConsumer;

/** Starts engines; a process finds those on its class path with {@link java.util.ServiceLoader}. */
public interface EngineProvider {
    EngineName name();

    /**
     * @param master address of the cluster, or {@code local} with a number of threads
     * @param folder for the engine's files
     * @param passes gets how many passes over the rows an algorithm has made so far, from any thread
     */
    Engine start(String master, Path folder, IntConsumer passes);
}
