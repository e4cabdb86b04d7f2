package dev.foretell.worker.training.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.worker.training.engine.Engine;
import dev.foretell.worker.training.engine.LargeTable;
import dev.foretell.worker.training.pipeline.Pipeline;
import dev.foretell.worker.training.pipeline.TrainedPipeline;
import dev.foretell.worker.training.score.Validation;
import dev.foretell.worker.training.score.ValidationCheckpoint;
import dev.foretell.worker.training.table.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Validates a pipeline on a large table: trains without a part of the rows, scores on a sample of that part. Each fold that has ended is
 * in a checkpoint, unless the task compares models: then the rows held out are needed again.
 */
final class EngineValidation {
    private final JsonNode task;
    private final JobParameters parameters;
    private final String compared;
    private final EngineProgress progress;
    private final PrintStream out;

    EngineValidation(JsonNode task, String compared, EngineProgress progress, PrintStream out) {
        this.task = task;
        this.parameters = JobParameters.of(task.path("parameters"));
        this.compared = compared;
        this.progress = progress;
        this.out = out;
    }

    /** @param folder for the rows that another model is to be compared on */
    Validation validate(Engine engine, LargeTable table, Path folder) throws IOException {
        Pipeline pipeline = parameters.pipeline();
        String name = CheckpointName.of(table.shape().sha256(), task.path("parameters"));
        Optional<Validation> all = compared.isEmpty() ? earlier(table, name) : Optional.empty();
        int folds = parameters.order().holdsOutOnce() ? 1 : parameters.folds();
        for (int fold = all.map(Validation::folds).orElse(0); fold < folds; fold++) {
            progress.step(
                    EngineProgress.READ + (EngineProgress.VALIDATED - EngineProgress.READ) * fold / folds,
                    "validates: " + fold + " of " + folds + (folds == 1 ? " part" : " folds") + " of "
                            + table.shape().rows() + " rows");
            Validation next = validateFold(engine, table, pipeline, fold, folder);
            all = Optional.of(all.map(known -> known.plus(next)).orElse(next));
            out.println(TaskOutput.CHECKPOINT + new ValidationCheckpoint(name, all.get()).text());
        }
        return all.orElseThrow();
    }

    private Optional<Validation> earlier(LargeTable table, String name) {
        Optional<Validation> earlier = ValidationCheckpoint.read(
                        task.path("checkpoint").asText(), name, table.shape().target())
                .map(ValidationCheckpoint::validation);
        earlier.ifPresent(known -> out.println("goes on after " + known.folds() + " folds of an earlier trainer"));
        return earlier;
    }

    private Validation validateFold(Engine engine, LargeTable table, Pipeline pipeline, int fold, Path folder)
            throws IOException {
        Table heldOut = table.heldOut(fold);
        TrainedPipeline trained = EngineTraining.train(engine, pipeline, table, fold);
        if (fold == 0 && !compared.isEmpty()) {
            Holdout.of(heldOut, trained, compared).write(folder.resolve(TaskFolder.HOLDOUT));
        }
        return Validation.of(heldOut.target(), trained.predict(heldOut.features()));
    }
}
