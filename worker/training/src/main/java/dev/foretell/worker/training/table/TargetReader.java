package dev.foretell.worker.training.table;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the target from its column. No value may be missing, and there must be two different ones. */
final class TargetReader {
    private final ColumnReader column;
    private final int mostClasses;

    TargetReader(ColumnReader column, int mostClasses) {
        this.column = column;
        this.mostClasses = mostClasses;
    }

    Target target(@Nullable TargetKind kind) {
        requireAll();
        if (column.texts()) {
            requireTexts(kind);
            return classes();
        }
        return numbers();
    }

    /**
     * The target of a table whose rows are not kept; it has no rows either.
     *
     * @param counts rows of each text, in the order of their first rows
     * @param isConstant whether all numbers are equal
     */
    Target withoutRows(@Nullable TargetKind kind, int[] counts, boolean isConstant) {
        requireAll();
        if (column.texts()) {
            requireTexts(kind);
            List<String> classes = requireClasses();
            requirePairs(classes, countsOf(classes, counts));
            return new ClassTarget(column.name(), classes, new int[0]);
        }
        requireDifferent(isConstant);
        return new NumberTarget(column.name(), new double[0]);
    }

    private int[] countsOf(List<String> classes, int[] counts) {
        List<String> found = column.categories();
        return classes.stream().mapToInt(name -> counts[found.indexOf(name)]).toArray();
    }

    private void requireAll() {
        int missing = column.missing();
        if (missing > 0) {
            throw refusal("has no value in " + missing + (missing == 1 ? " row" : " rows") + " (the first is line "
                    + column.firstMissing() + "): leave these rows out.");
        }
    }

    private void requireTexts(@Nullable TargetKind kind) {
        if (kind == TargetKind.REGRESSION) {
            throw refusal(
                    "holds texts, such as " + Refusal.quote(column.categories().get(0))
                            + ", but a regression predicts numbers: ask for a classification.");
        }
    }

    private Target classes() {
        List<String> classes = requireClasses();
        int[] sorted = column.categories().stream().mapToInt(classes::indexOf).toArray();
        ClassTarget target = new ClassTarget(
                column.name(),
                classes,
                Arrays.stream(column.codes()).map(code -> sorted[code]).toArray());
        requirePairs(classes, target.counts());
        return target;
    }

    private List<String> requireClasses() {
        List<String> found = column.categories();
        List<String> classes = found.stream().sorted().toList();
        if (classes.size() < 2) {
            throw refusal("has one class alone, " + Refusal.quote(found.get(0)) + ": there is nothing to tell apart.");
        }
        if (classes.size() > mostClasses) {
            throw refusal("has " + classes.size() + " classes; " + mostClasses + " is the maximum.");
        }
        return classes;
    }

    private void requirePairs(List<String> classes, int[] counts) {
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] < 2) {
                throw refusal("has the class " + Refusal.quote(classes.get(i))
                        + " in one row alone, which cannot be both learned and tested: leave it out, or add rows.");
            }
        }
    }

    private Target numbers() {
        double[] values = column.values();
        requireDifferent(Arrays.stream(values).allMatch(value -> value == values[0]));
        return new NumberTarget(column.name(), values);
    }

    private void requireDifferent(boolean isConstant) {
        if (isConstant) {
            throw refusal("is " + column.last() + " in every row: there is nothing to predict.");
        }
    }

    private RuntimeException refusal(String detail) {
        return Refusal.of("The target " + Refusal.quote(column.name()) + " " + detail);
    }
}
