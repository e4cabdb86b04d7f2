package dev.foretell.worker.training.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.training.TableParameters;
import dev.foretell.commons.training.TrainingParameters;
import dev.foretell.worker.training.learn.Algorithm;
import dev.foretell.worker.training.pipeline.Pipeline;
import dev.foretell.worker.training.prepare.PreparationOptions;
import dev.foretell.worker.training.table.CsvOptions;

/** The parameters of a training task. */
record JobParameters(TrainingParameters order) {
    /** @throws dev.foretell.commons.failure.ServingException INVALID_INPUT if they are invalid */
    static JobParameters of(JsonNode json) {
        return new JobParameters(TrainingParameters.of(json));
    }

    Pipeline pipeline() {
        Pipeline pipeline = Pipeline.of(Algorithm.of(order.algorithm()), order.numbers(), order.seed());
        return pipeline.with(new PreparationOptions(
                order.scaling().orElse(pipeline.preparation().scale()), order.features()));
    }

    long seed() {
        return order.seed();
    }

    int folds() {
        return order.folds();
    }

    CsvOptions csv() {
        return csv(order);
    }

    static CsvOptions csv(TableParameters order) {
        return CsvOptions.of(order.target())
                .withCategories(order.categories().toArray(String[]::new))
                .without(order.ignored().toArray(String[]::new))
                .withSeparator(order.separator());
    }
}
