package dev.foretell.worker.training.table;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How to read a CSV.
 *
 * @param target the name of the column to predict
 * @param kind the kind of the target; by default a regression for numbers, a classification for texts
 * @param categories columns whose values are texts even if they look like numbers
 * @param ignored columns that are left out
 * @param separator between values, by default a comma
 */
public record CsvOptions(
        String target,
        @Nullable TargetKind kind,
        Set<String> categories,
        Set<String> ignored,
        char separator,
        TableLimits limits) {
    public CsvOptions {
        categories = Set.copyOf(categories);
        ignored = Set.copyOf(ignored);
    }

    public static CsvOptions of(String target) {
        return new CsvOptions(target, null, Set.of(), Set.of(), ',', TableLimits.DEFAULT);
    }

    public CsvOptions withKind(TargetKind kind) {
        return new CsvOptions(target, kind, categories, ignored, separator, limits);
    }

    public CsvOptions withCategories(String... names) {
        return new CsvOptions(target, kind, Set.of(names), ignored, separator, limits);
    }

    public CsvOptions without(String... names) {
        return new CsvOptions(target, kind, categories, Set.of(names), separator, limits);
    }

    public CsvOptions withSeparator(char separator) {
        return new CsvOptions(target, kind, categories, ignored, separator, limits);
    }

    public CsvOptions withLimits(TableLimits limits) {
        return new CsvOptions(target, kind, categories, ignored, separator, limits);
    }
}
