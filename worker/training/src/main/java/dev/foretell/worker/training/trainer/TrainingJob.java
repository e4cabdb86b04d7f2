package dev.foretell.worker.training.trainer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.json.Json;
import dev.foretell.worker.training.pipeline.Pipeline;
import dev.foretell.worker.training.pipeline.TrainedPipeline;
import dev.foretell.worker.training.score.Folds;
import dev.foretell.worker.training.score.Scoring;
import dev.foretell.worker.training.score.Validation;
import dev.foretell.worker.training.table.CsvTable;
import dev.foretell.worker.training.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Trains one pipeline on one table: validates it over folds, then trains it on all rows. */
final class TrainingJob implements Job {
    private final JobParameters parameters;
    private final String compared;
    private final PrintStream out;

    /**
     * @param compared the metric that it is to be compared on with the model that serves; empty for none
     * @param out receives the progress
     */
    TrainingJob(JsonNode parameters, String compared, PrintStream out) {
        this.compared = compared;
        this.parameters = JobParameters.of(parameters);
        this.out = out;
    }

    @Override
    public Trained run(Path folder) throws IOException {
        Pipeline pipeline = parameters.pipeline();
        tell(progress(0, "reads the table"));
        Table table = read(folder.resolve(TaskMain.DATA));
        pipeline.check(table);
        TargetHint.of(table.target()).ifPresent(out::println);
        if (!compared.isEmpty()) {
            Scoring.named(compared, table.target().kind());
        }
        tell(progress(0.1, "validates over " + parameters.folds() + " folds of " + table.rows() + " rows"));
        Folds folds = Folds.cross(table.target(), parameters.folds(), parameters.seed());
        Validation validation = Validation.of(pipeline, table, folds, 1);
        Scoring usual = Scoring.of(table.target().kind()).get(0);
        double score = validation.score(usual).mean();
        out.println(usual.word() + " " + score + " over " + parameters.folds() + " folds");
        if (!compared.isEmpty()) {
            Holdout.of(pipeline, table, compared, parameters.seed(), 1).write(folder.resolve(TaskMain.HOLDOUT));
        }
        tell(progress(0.7, "trains on all rows").put("score", score));
        TrainedPipeline trained = pipeline.train(table, 1);
        tell(progress(0.95, "writes the model").put("score", score));
        return new Trained(trained.onnx(), List.of(), JobResult.of(pipeline, table, validation, parameters.folds()));
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
