package dev.foretell.cli.experts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.wire.Experts;
import dev.foretell.worker.function.CallBody;
import dev.foretell.worker.function.FunctionSource;
import dev.foretell.worker.function.InvalidInputException;
import dev.foretell.worker.function.ServedFunction;
import dev.foretell.worker.onnx.call.HostedModel;
import dev.foretell.worker.onnx.model.OnnxModel;
import dev.foretell.worker.onnx.model.Runs;
import dev.foretell.worker.training.learn.Algorithm;
import dev.foretell.worker.training.pipeline.Pipeline;
import dev.foretell.worker.training.table.CsvOptions;
import dev.foretell.worker.training.table.CsvTable;
import dev.foretell.worker.training.table.Table;
import dev.foretell.worker.training.table.TargetKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The model service of Expert-Discovery-Manager: {@code train} fits a regression with Huber loss and keeps it as an ONNX file,
 * {@code test} predicts with one of the files, by default the latest. Thread-safe.
 */
final class Expert {
    private static final String TARGET = "y";
    private static final Pipeline HUBER = Pipeline.of(Algorithm.HUBER_REGRESSION, Map.of(), 1);

    private final ModelStore models;

    Expert(ModelStore models) {
        this.models = models;
    }

    private record Trained(String filename) {}

    private record Tested(List<Double> y) {}

    /** The function that an expert is registered with. */
    ServedFunction test() {
        return new ExpertFunction(
                Experts.TEST,
                "Predicts: {\"filename\": \"model-1.onnx\", \"data\": {\"x\": [[0.1]]}}",
                true,
                this::test);
    }

    /** Training is no prediction, so it is not registered as one. */
    FunctionSource others() {
        ServedFunction train = new ExpertFunction(
                Experts.TRAIN, "Trains: {\"data\": {\"x\": [[0.1]], \"y\": [1]}}", false, this::train);
        return new FunctionSource() {
            @Override
            public Optional<ServedFunction> find(String name) {
                return name.equals(Experts.TRAIN) ? Optional.of(train) : Optional.empty();
            }

            @Override
            public int batchMax() {
                return 0;
            }
        };
    }

    private Object train(JsonNode body) throws IOException {
        byte[] csv = Rows.of(body).toCsv(body.at("/data/y")).getBytes(StandardCharsets.UTF_8);
        Table table = CsvTable.read(
                new ByteArrayInputStream(csv), CsvOptions.of(TARGET).withKind(TargetKind.REGRESSION));
        return new Trained(models.save(HUBER.train(table, 1).onnx()));
    }

    private Object test(JsonNode body) throws IOException {
        Rows rows = Rows.of(body);
        try (HostedModel model = new HostedModel(OnnxModel.load(file(body.path("filename")), Runs.withThreads(1)))) {
            Object answer = model.predict(CallBody.ofJson(rows.toArguments()));
            return new Tested(numbers(Json.MAPPER.valueToTree(answer)));
        }
    }

    private Path file(JsonNode filename) throws IOException {
        if (filename.isMissingNode() || filename.isNull()) {
            return models.latest()
                    .orElseThrow(() -> new InvalidInputException("nothing is trained yet: POST /train first"));
        }
        if (!filename.isTextual()) {
            throw new InvalidInputException("filename must be a text, as POST /train answers with it");
        }
        return models.require(filename.asText());
    }

    /** The only output has a row of one number for each row. */
    private static List<Double> numbers(JsonNode answer) {
        List<Double> numbers = new ArrayList<>();
        answer.elements().next().forEach(row -> numbers.add((row.isArray() ? row.get(0) : row).asDouble()));
        return numbers;
    }
}
