package dev.foretell.worker.training.job;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.json.Json;
import dev.foretell.worker.training.pipeline.Pipeline;
import dev.foretell.worker.training.pipeline.Provenance;
import dev.foretell.worker.training.score.ConfusionMatrix;
import dev.foretell.worker.training.score.Validation;
import dev.foretell.worker.training.table.CategoryColumn;
import dev.foretell.worker.training.table.Column;
import dev.foretell.worker.training.table.Features;
import dev.foretell.worker.training.table.NumberColumn;
import dev.foretell.worker.training.table.Table;

/** The report on a trained model: its metrics, its provenance, and a sample call. */
final class JobResult {
    private static final int MOST_CLASSES = 50;

    private JobResult() {}

    static ObjectNode of(Pipeline pipeline, Table table, Validation validation, int folds) {
        return of(pipeline, Provenance.of(pipeline, table), table, validation, folds);
    }

    /** @param table the table, or some of its rows */
    static ObjectNode of(Pipeline pipeline, Provenance origin, Table table, Validation validation, int folds) {
        ObjectNode result = Json.MAPPER.createObjectNode();
        ObjectNode metrics = result.putObject("metrics");
        ObjectNode deviations = result.putObject("deviations");
        validation.scores().forEach((scoring, spread) -> {
            metrics.put(scoring.word(), spread.mean());
            deviations.put(scoring.word(), spread.deviation());
        });
        result.put("folds", folds);
        TargetHint.of(table.target()).ifPresent(hint -> result.put("hint", hint));
        validation
                .confusion()
                .filter(counted -> counted.classes().size() <= MOST_CLASSES)
                .ifPresent(counted -> result.set("confusion", confusion(counted)));
        result.set("provenance", provenance(pipeline, origin));
        result.set("sample", sample(table.features()));
        return result;
    }

    private static ObjectNode provenance(Pipeline pipeline, Provenance origin) {
        ObjectNode provenance = Json.MAPPER.valueToTree(origin);
        return provenance
                .put("scaling", pipeline.preparation().scale().word())
                .put("features", pipeline.preparation().features());
    }

    private static ObjectNode confusion(ConfusionMatrix counted) {
        ObjectNode confusion = Json.MAPPER.createObjectNode();
        counted.classes().forEach(confusion.putArray("classes")::add);
        ArrayNode lines = confusion.putArray("counts");
        for (long[] line : counted.counts()) {
            ArrayNode counts = lines.addArray();
            for (long count : line) {
                counts.add(count);
            }
        }
        return confusion;
    }

    /** The first row, as the arguments of a call. */
    private static ObjectNode sample(Features features) {
        ObjectNode sample = Json.MAPPER.createObjectNode();
        for (Column column : features.columns()) {
            ArrayNode cell = sample.putArray(column.name()).addArray();
            if (column instanceof NumberColumn numbers) {
                cell.add(Double.isNaN(numbers.values()[0]) ? 0 : numbers.values()[0]);
            } else if (column instanceof CategoryColumn texts) {
                int code = texts.codes()[0];
                cell.add(
                        code == CategoryColumn.MISSING ? "" : texts.categories().get(code));
            }
        }
        return sample;
    }
}
