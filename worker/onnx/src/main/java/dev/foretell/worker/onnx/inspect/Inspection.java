package dev.foretell.worker.onnx.inspect;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.tensor.TensorSpec;
import dev.foretell.worker.function.CallBody;
import dev.foretell.worker.onnx.call.HostedModel;
import dev.foretell.worker.onnx.model.NoMemoryException;
import dev.foretell.worker.onnx.model.OnnxModel;
import dev.foretell.worker.onnx.model.Runs;
import dev.foretell.worker.onnx.shelf.MeasuredLoads;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The result of inspecting a model file.
 *
 * @param memory measured bytes of the loaded model
 * @param sample a body for warm-up: the given one, or the file's {@code foretell.sample}, or else zeros if the model
 *     takes them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Inspection(
        String runtime,
        List<TensorSpec> inputs,
        List<TensorSpec> outputs,
        Map<String, String> metadata,
        long memory,
        @Nullable JsonNode sample) {
    private static final String SAMPLE = "foretell.sample";
    private static final int MAX_KEYS = 100;
    private static final int MAX_CHARS = 4_000;

    /**
     * Loads a file and runs it: with a sample or zeros, and with large numbers. Closes it only if everything succeeds,
     * because a run that cannot be stopped still uses it.
     *
     * @param given a sample that it must take; null for its own, or zeros
     * @param stage called with each next step
     * @throws ServingException INVALID_INPUT if it cannot be loaded, names a column twice, does not take its sample, or has a run that cannot
     *     be stopped
     * @throws NoMemoryException if this process has too little memory for it
     */
    static Inspection of(Path file, byte @Nullable [] given, LargeNumbers numbers, Consumer<String> stage) {
        stage.accept("it was loaded");
        OnnxModel.prepare();
        MeasuredLoads.Load load =
                MeasuredLoads.once(file, of -> new HostedModel(OnnxModel.load(of, Runs.withThreads(1))));
        HostedModel hosted = load.model();
        OnnxModel model = hosted.model();
        hosted.requireDistinctColumns();
        stage.accept("it ran with its sample");
        JsonNode sample = sample(hosted, given);
        numbers.tryOn(model, stage);
        hosted.close();
        return new Inspection(
                "onnx", model.inputs(), model.outputs(), abbreviate(model.metadata()), load.bytes(), sample);
    }

    private static @Nullable JsonNode sample(HostedModel hosted, byte @Nullable [] given) {
        String own = hosted.model().metadata().get(SAMPLE);
        if (given != null) {
            return require(hosted, given, "the sample that was given with it");
        }
        return own == null
                ? ZeroSample.of(hosted.model())
                : require(hosted, own.getBytes(StandardCharsets.UTF_8), "the sample of its metadata, " + SAMPLE);
    }

    private static JsonNode require(HostedModel hosted, byte[] sample, String which) {
        try {
            hosted.predict(CallBody.ofJson(sample));
            return Json.readTree(sample);
        } catch (NoMemoryException e) {
            throw e;
        } catch (ServingException e) {
            throw BadModel.of("the model does not take " + which + ": " + e.detail());
        }
    }

    private static Map<String, String> abbreviate(Map<String, String> metadata) {
        Map<String, String> shown = new TreeMap<>();
        new TreeMap<>(metadata).forEach((key, value) -> {
            if (shown.size() < MAX_KEYS && key.length() <= MAX_CHARS) {
                shown.put(key, value.length() > MAX_CHARS ? value.substring(0, MAX_CHARS) + "…" : value);
            }
        });
        return shown;
    }
}
