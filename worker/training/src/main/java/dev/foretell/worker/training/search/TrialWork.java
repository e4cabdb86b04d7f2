package dev.foretell.worker.training.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.training.AlgorithmSpec;
import dev.foretell.commons.training.Scale;
import dev.foretell.worker.training.learn.Algorithm;
import dev.foretell.worker.training.pipeline.Pipeline;
import dev.foretell.worker.training.prepare.PreparationOptions;
import java.util.HashMap;
import java.util.Map;

/** What is to be tried in one trial: all that its scores depend on but the table and the order of the search. */
public record TrialWork(Pipeline pipeline, Rung rung) {
    /** For another process; nothing is rounded. */
    public ObjectNode json() {
        ObjectNode json = Json.MAPPER.valueToTree(PipelineView.of(pipeline));
        return json.put("from", rung.from()).put("to", rung.to()).put("sampled", rung.isSampled());
    }

    /** @throws dev.foretell.commons.failure.ServingException for what no trial has */
    public static TrialWork of(JsonNode json) {
        Map<String, Double> parameters = new HashMap<>();
        json.path("parameters")
                .properties()
                .forEach(
                        entry -> parameters.put(entry.getKey(), entry.getValue().asDouble()));
        PreparationOptions preparation = new PreparationOptions(
                Scale.ofName(json.path("scaling").asText()),
                json.path("features").asDouble());
        return new TrialWork(
                Pipeline.of(
                                Algorithm.of(AlgorithmSpec.ofName(
                                        json.path("algorithm").asText())),
                                parameters,
                                json.path("seed").asLong())
                        .with(preparation),
                new Rung(
                        json.path("from").asInt(),
                        json.path("to").asInt(),
                        json.path("sampled").asBoolean()));
    }
}
