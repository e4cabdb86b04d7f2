package dev.foretell.worker.training.table;

import java.util.Arrays;
import java.util.List;

/** Texts: each row has the index of its category, or {@link #MISSING}. */
public record CategoryColumn(String name, List<String> categories, int[] codes) implements Column {
    public static final int MISSING = -1;

    public CategoryColumn {
        categories = List.copyOf(categories);
    }

    @Override
    public int rows() {
        return codes.length;
    }

    /** A selection keeps all categories, even those without rows. */
    @Override
    public CategoryColumn select(int[] rows) {
        return new CategoryColumn(
                name, categories, Arrays.stream(rows).map(row -> codes[row]).toArray());
    }
}
