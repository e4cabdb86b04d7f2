package dev.foretell.worker.training.engine;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.training.Scale;
import dev.foretell.worker.training.prepare.ColumnSummary;
import dev.foretell.worker.training.prepare.Preparation;
import dev.foretell.worker.training.table.NumberColumn;
import dev.foretell.worker.training.table.ScannedTable;
import dev.foretell.worker.training.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table that was read once and need not fit into memory. Its rows are in a file, in parts that can be held out; in memory are a summary
 * and a sample of each part, within bounds.
 */
public final class LargeTable {
    private final ScannedTable scanned;
    private final RowFile file;
    private final List<PartSummary> parts;

    LargeTable(ScannedTable scanned, RowFile file, List<PartSummary> parts) {
        this.scanned = scanned;
        this.file = file;
        this.parts = List.copyOf(parts);
    }

    /** Its columns and target, without rows. */
    public ScannedTable shape() {
        return scanned;
    }

    /** Rows of all parts; all of them if they are few. */
    public Table sample() {
        return new RowTable(scanned).of(sampleRows(TrainingRows.NONE));
    }

    /** Rows of one part; all of them if they are few. */
    public Table heldOut(int part) {
        if (parts.get(part).rows() == 0 || parts.get(part).rows() == scanned.rows()) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "The table's " + scanned.rows() + " rows are too few for " + parts.size()
                            + " parts of which each is held out: add rows, or have fewer folds.");
        }
        return new RowTable(scanned).of(parts.get(part).sample());
    }

    private List<double[]> sampleRows(int withoutPart) {
        return trainingParts(withoutPart).stream()
                .flatMap(part -> part.sample().stream())
                .toList();
    }

    private List<PartSummary> trainingParts(int withoutPart) {
        return IntStream.range(0, parts.size())
                .filter(part -> part != withoutPart)
                .mapToObj(parts::get)
                .toList();
    }

    /** What the rows teach of imputing, encoding and scaling; medians are those of the sample. */
    public Preparation prepare(int withoutPart, Scale scale) {
        List<ColumnSummary> summaries = new ArrayList<>();
        for (int column = 0; column < scanned.features().columns().size(); column++) {
            int place = column;
            summaries.add(trainingParts(withoutPart).stream()
                    .map(part -> part.columns().get(place))
                    .reduce(ColumnSummary::plus)
                    .orElseThrow());
        }
        return Preparation.of(scanned.features(), summaries, medians(withoutPart), scale);
    }

    private double[] medians(int withoutPart) {
        List<double[]> rows = sampleRows(withoutPart);
        return IntStream.range(0, scanned.features().columns().size())
                .mapToDouble(column -> scanned.features().columns().get(column) instanceof NumberColumn
                        ? Preparation.median(
                                rows.stream().mapToDouble(row -> row[column]).toArray())
                        : 0)
                .toArray();
    }

    /** @param preparation what was learned of the same rows */
    public TrainingRows rows(int withoutPart, Preparation preparation) {
        return new TrainingRows(
                file,
                withoutPart,
                trainingParts(withoutPart).stream().mapToLong(PartSummary::rows).sum(),
                preparation.encoder(scanned.features()),
                scanned.target(),
                scanned.classes());
    }
}
