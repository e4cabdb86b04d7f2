package dev.foretell.worker.training;

import dev.foretell.worker.training.table.CategoryColumn;
import dev.foretell.worker.training.table.Column;
import dev.foretell.worker.training.table.CsvOptions;
import dev.foretell.worker.training.table.CsvTable;
import dev.foretell.worker.training.table.Features;
import dev.foretell.worker.training.table.NumberColumn;
import dev.foretell.worker.training.table.Table;
import dev.foretell.worker.training.table.TargetKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/** Tables for tests: the five of the reference figures, and texts. */
public final class Tables {
    /** The reference tables and their targets. */
    public static final Map<String, String> TARGETS = Map.of(
            "iris", "class",
            "wine", "class",
            "breast_cancer", "class",
            "diabetes", "progression",
            "friedman1", "y");

    private Tables() {}

    public static Table reference(String name) throws IOException {
        try (InputStream csv = resource(name + ".csv")) {
            return CsvTable.read(csv, CsvOptions.of(Objects.requireNonNull(TARGETS.get(name))));
        }
    }

    public static TargetKind kind(String name) {
        return "class".equals(TARGETS.get(name)) ? TargetKind.CLASSIFICATION : TargetKind.REGRESSION;
    }

    public static InputStream resource(String name) {
        return Objects.requireNonNull(Tables.class.getResourceAsStream("/training/" + name));
    }

    public static Table of(String csv, CsvOptions options) throws IOException {
        return CsvTable.read(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), options);
    }

    /** Rows such as a table's: each number and category from another row of it, some moved a little, some missing. */
    public static Features like(Features features, int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Column> columns = features.columns().stream()
                .map(column -> like(column, rows, random))
                .toList();
        return new Features(columns, rows);
    }

    private static Column like(Column column, int rows, SplittableRandom random) {
        int[] drawn = random.ints(rows, 0, column.rows()).toArray();
        if (column instanceof CategoryColumn texts) {
            return texts.select(drawn);
        }
        double[] values = ((NumberColumn) column).select(drawn).values();
        return new NumberColumn(
                column.name(),
                Arrays.stream(values)
                        .map(value -> random.nextInt(10) > 0 ? value : value * (0.5 + random.nextDouble()))
                        .map(value -> random.nextInt(100) > 0 ? value : Double.NaN)
                        .toArray());
    }
}
