package dev.foretell.worker.training.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.json.Json;
import dev.foretell.worker.training.pipeline.Pipeline;
import dev.foretell.worker.training.pipeline.TrainedPipeline;
import dev.foretell.worker.training.score.Folds;
import dev.foretell.worker.training.score.Scoring;
import dev.foretell.worker.training.score.Validation;
import dev.foretell.worker.training.score.ValidationCheckpoint;
import dev.foretell.worker.training.table.CsvTable;
import dev.foretell.worker.training.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Trains one pipeline on one table: validates it over folds, then trains it on all rows. Each fold that has ended is in a checkpoint.
 */
final class TrainingJob implements Job {
    private static final double READ = 0.1;
    private static final double VALIDATED = 0.7;

    private final JsonNode task;
    private final JobParameters parameters;
    private final String compared;
    private final PrintStream out;

    /**
     * @param task as the trainer claimed it
     * @param compared the metric that it is to be compared on with the model that serves; empty for none
     * @param out receives the progress
     */
    TrainingJob(JsonNode task, String compared, PrintStream out) {
        this.task = task;
        this.compared = compared;
        this.parameters = JobParameters.of(task.path("parameters"));
        this.out = out;
    }

    @Override
    public Trained run(Path folder) throws IOException {
        Pipeline pipeline = parameters.pipeline();
        tell(progress(0, "reads the table"));
        Table table = read(folder.resolve(TaskFolder.DATA));
        pipeline.check(table);
        TargetHint.of(table.target()).ifPresent(out::println);
        if (!compared.isEmpty()) {
            Scoring.ofName(compared, table.target().kind());
        }
        Validation validation = validate(pipeline, table);
        Scoring usual = Scoring.of(table.target().kind()).get(0);
        double score = validation.score(usual).mean();
        out.println(usual.word() + " " + score + " over " + parameters.folds() + " folds");
        if (!compared.isEmpty()) {
            Holdout.of(pipeline, table, compared, parameters.seed(), 1).write(folder.resolve(TaskFolder.HOLDOUT));
        }
        tell(progress(VALIDATED, "trains on all rows").put("score", score));
        TrainedPipeline trained = pipeline.train(table, 1);
        tell(progress(0.95, "writes the model").put("score", score));
        return new Trained(trained.onnx(), List.of(), JobResult.of(pipeline, table, validation, parameters.folds()));
    }

    private Validation validate(Pipeline pipeline, Table table) {
        Folds folds = Folds.cross(table.target(), parameters.folds(), parameters.seed());
        String name = CheckpointName.of(table, task.path("parameters"));
        Optional<Validation> earlier = ValidationCheckpoint.read(
                        task.path("checkpoint").asText(), name, table.target())
                .map(ValidationCheckpoint::validation);
        earlier.ifPresent(known -> out.println("goes on after " + known.folds() + " folds of an earlier trainer"));
        int done = earlier.map(Validation::folds).orElse(0);
        tell(validating(done, table));
        for (int fold = done; fold < parameters.folds(); fold++) {
            Validation next = Validation.of(pipeline, table, folds.part(fold, fold + 1), 1);
            earlier = Optional.of(earlier.map(known -> known.plus(next)).orElse(next));
            out.println(TaskOutput.CHECKPOINT + new ValidationCheckpoint(name, earlier.get()).text());
            tell(validating(fold + 1, table));
        }
        return earlier.orElseThrow();
    }

    private ObjectNode validating(int done, Table table) {
        return progress(
                READ + (VALIDATED - READ) * done / parameters.folds(),
                "validates: " + done + " of " + parameters.folds() + " folds of " + table.rows() + " rows");
    }

    private Table read(Path data) throws IOException {
        try (InputStream bytes = Files.newInputStream(data)) {
            return CsvTable.read(bytes, parameters.csv());
        }
    }

    private static ObjectNode progress(double done, String step) {
        return Json.MAPPER.createObjectNode().put("done", done).put("step", step);
    }

    private void tell(ObjectNode progress) {
        out.println(TaskOutput.PROGRESS + progress);
    }
}
