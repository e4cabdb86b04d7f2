package dev.foretell.worker.training.search;

import dev.foretell.worker.training.pipeline.Pipeline;
import java.util.Map;

/** A pipeline under the names that an order of a training task has for its parts: what it shows can be ordered. */
public record PipelineView(
        String algorithm, Map<String, Double> parameters, String scaling, double features, long seed) {
    static PipelineView of(Pipeline pipeline) {
        return new PipelineView(
                pipeline.algorithm().word(),
                pipeline.parameters().values(),
                pipeline.preparation().scale().word(),
                pipeline.preparation().features(),
                pipeline.seed());
    }
}
