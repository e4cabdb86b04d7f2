package dev.foretell.worker.training.job;

import dev.foretell.worker.training.engine.Engine;
import dev.foretell.worker.training.engine.LargeTable;
import dev.foretell.worker.training.pipeline.Pipeline;
import dev.foretell.worker.training.pipeline.TrainedPipeline;
import dev.foretell.worker.training.prepare.Preparation;

/** One training by an engine, on a table without one of its parts. */
final class EngineTraining {
    private EngineTraining() {}

    /** @param withoutPart the part that it does not learn from */
    static TrainedPipeline train(Engine engine, Pipeline pipeline, LargeTable table, int withoutPart) {
        Preparation preparation = table.prepare(withoutPart, engine.scale(pipeline));
        return TrainedPipeline.of(
                preparation,
                engine.learn(pipeline, table.rows(withoutPart, preparation)),
                table.shape().features(),
                table.shape().target());
    }
}
