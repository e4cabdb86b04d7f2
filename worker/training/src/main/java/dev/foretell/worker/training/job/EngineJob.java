package dev.foretell.worker.training.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.training.EngineName;
import dev.foretell.worker.training.engine.Engine;
import dev.foretell.worker.training.engine.EngineProvider;
import dev.foretell.worker.training.engine.LargeTable;
import dev.foretell.worker.training.engine.LargeTableReader;
import dev.foretell.worker.training.engine.TrainingRows;
import dev.foretell.worker.training.pipeline.Pipeline;
import dev.foretell.worker.training.pipeline.Provenance;
import dev.foretell.worker.training.pipeline.TrainedPipeline;
import dev.foretell.worker.training.prepare.Preparation;
import dev.foretell.worker.training.score.Scoring;
import dev.foretell.worker.training.score.Validation;
import dev.foretell.worker.training.table.ScannedTable;
import dev.foretell.worker.training.table.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Trains one pipeline with an engine, on a table that need not fit into memory: reads it once, validates the pipeline on parts that are
 * held out, then trains it on all rows.
 */
final class EngineJob implements Job {
    private static final String ROWS = "rows.bin";
    /** Numbers of an encoded row: a model of more has no use for them. */
    private static final int WIDEST = 20_000;

    private final JsonNode task;
    private final JobParameters parameters;
    private final String compared;
    private final EngineProgress progress;
    private final PrintStream out;

    /** @param compared the metric that it is to be compared on with the model that serves; empty for none */
    EngineJob(JsonNode task, String compared, PrintStream out) {
        this.task = task;
        this.parameters = JobParameters.of(task.path("parameters"));
        this.compared = compared;
        this.progress = new EngineProgress(out);
        this.out = out;
    }

    @Override
    public Trained run(Path folder) throws IOException {
        Pipeline pipeline = parameters.pipeline();
        EngineProvider provider = provider();
        provider.requireMaster(master());
        LargeTable table = read(pipeline, folder);
        provider.check(pipeline, table.shape().target());
        progress.step(EngineProgress.READ, "starts " + name().word());
        try (Engine engine = provider.start(master(), folder.toAbsolutePath(), progress::passes)) {
            Validation validation = new EngineValidation(task, compared, progress, out).validate(engine, table, folder);
            tell(validation, table);
            progress.step(
                    EngineProgress.VALIDATED, "trains on all " + table.shape().rows() + " rows");
            TrainedPipeline trained = EngineTraining.train(engine, pipeline, table, TrainingRows.NONE);
            progress.step(EngineProgress.TRAINED, "writes the model");
            return new Trained(trained.onnx(), List.of(), result(engine, pipeline, table, validation));
        }
    }

    private EngineName name() {
        return parameters.order().engine();
    }

    private String master() {
        return parameters.order().master();
    }

    private EngineProvider provider() {
        return ServiceLoader.load(EngineProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name() == name())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "the engine " + name().word() + " is not on the class path of the task's process"));
    }

    private LargeTable read(Pipeline pipeline, Path folder) throws IOException {
        Path data = folder.resolve(TaskFolder.DATA);
        long length = Math.max(1, Files.size(data));
        try (SeekableByteChannel bytes = Files.newByteChannel(data);
                LargeTableReader reader = new LargeTableReader(
                        folder.resolve(ROWS),
                        parameters.folds(),
                        parameters.seed(),
                        () -> progress.step(EngineProgress.READ * position(bytes) / length, "reads the table"))) {
            progress.step(0, "reads the table");
            LargeTable table = reader.read(
                    Channels.newInputStream(bytes),
                    parameters.csv().withLimits(parameters.csv().limits().withoutEnd()));
            check(pipeline, table);
            return table;
        }
    }

    private static double position(SeekableByteChannel bytes) {
        try {
            return bytes.position();
        } catch (IOException closed) {
            return 0;
        }
    }

    private void check(Pipeline pipeline, LargeTable table) {
        ScannedTable scanned = table.shape();
        pipeline.check(scanned.features(), scanned.target(), scanned.rows());
        int width = Preparation.widest(scanned.features());
        if (width > WIDEST) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "The table's columns make " + width
                            + " numbers of a row, one for each number and each different text; " + WIDEST
                            + " are the most: leave columns of many texts out (parameters.ignore, --ignore).");
        }
        if (!compared.isEmpty()) {
            Scoring.ofName(compared, scanned.target().kind());
        }
        TargetHint.of(table.sample().target()).ifPresent(out::println);
    }

    private void tell(Validation validation, LargeTable table) {
        Scoring usual = Scoring.of(table.shape().target().kind()).get(0);
        double score = validation.score(usual).mean();
        out.println(usual.word() + " " + score + " over "
                + (parameters.order().holdsOutOnce() ? "a fifth of the rows" : validation.folds() + " folds"));
        progress.score(score);
    }

    private ObjectNode result(Engine engine, Pipeline pipeline, LargeTable table, Validation validation) {
        Table sample = table.sample();
        Provenance origin = Provenance.of(pipeline, sample, table.shape().rows(), engine.software());
        ObjectNode result = JobResult.of(pipeline, origin, sample, validation, validation.folds());
        result.withObject("/provenance").put("engine", name().word()).put("master", master());
        return result;
    }
}
