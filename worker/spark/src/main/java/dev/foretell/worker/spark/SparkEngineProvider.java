package dev.foretell.worker.spark;

import dev.foretell.commons.training.EngineName;
import dev.foretell.worker.training.engine.Engine;
import dev.foretell.worker.training.engine.EngineProvider;
import dev.foretell.worker.training.pipeline.Pipeline;
import dev.foretell.worker.training.table.Target;
import java.nio.file.Path;
import java.util.function.IntConsumer;

/** Starts Spark in this process. */
public final class SparkEngineProvider implements EngineProvider {
    @Override
    public EngineName name() {
        return EngineName.SPARK;
    }

    @Override
    public void requireMaster(String master) {
        new ClusterAddress(master).requireListener();
    }

    @Override
    public void check(Pipeline pipeline, Target target) {
        TreeModels.check(pipeline, target);
    }

    @Override
    public Engine start(String master, Path folder, IntConsumer passes) {
        return new SparkEngine(Session.start(master, folder, passes));
    }
}
