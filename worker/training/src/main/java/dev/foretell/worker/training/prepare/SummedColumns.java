package dev.foretell.worker.training.prepare;

import dev.foretell.commons.training.Scale;
import dev.foretell.worker.training.table.CategoryColumn;
import dev.foretell.worker.training.table.Column;
import dev.foretell.worker.training.table.Features;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Encodings and scaling from summaries, the same as from the rows. */
record SummedColumns(Features columns, List<ColumnSummary> summaries, double[] medians) {
    List<Encoding> encodings() {
        return IntStream.range(0, summaries.size()).mapToObj(this::encoding).toList();
    }

    private Encoding encoding(int index) {
        Column column = columns.columns().get(index);
        ColumnSummary summary = summaries.get(index);
        return column instanceof CategoryColumn texts
                ? new CategoryEncoding(
                        texts.name(),
                        IntStream.range(0, texts.categories().size())
                                .filter(text -> summary.texts(text) > 0)
                                .mapToObj(texts.categories()::get)
                                .sorted()
                                .toList(),
                        summary.missing() > 0)
                : new NumberEncoding(column.name(), medians[index]);
    }

    /** Empty for none. */
    Optional<Scaling> scaling(Scale scale) {
        if (scale == Scale.NONE) {
            return Optional.empty();
        }
        List<double[]> all = new ArrayList<>();
        for (int i = 0; i < summaries.size(); i++) {
            if (encoding(i) instanceof CategoryEncoding texts) {
                shares(texts, i).forEach(share -> all.add(new double[] {share, spreadOfShare(share, scale)}));
            } else {
                all.add(number(i, scale));
            }
        }
        return Optional.of(new Scaling(
                all.stream().mapToDouble(pair -> pair[0]).toArray(),
                all.stream().mapToDouble(pair -> pair[1]).toArray()));
    }

    /** The mean and the spread of a column of numbers. */
    private double[] number(int index, Scale scale) {
        ColumnSummary filled = summaries.get(index).withFill(medians[index]);
        return new double[] {
            filled.mean(),
            Scaling.varies(filled.variance(), filled.mean())
                    ? spread(scale, Math.sqrt(filled.variance()), filled.range())
                    : 1
        };
    }

    private static double spread(Scale scale, double deviation, double range) {
        return switch (scale) {
            case NONE -> 1;
            case STANDARD -> deviation;
            case RANGE -> Double.isInfinite(range) ? deviation : range;
            case QUARTILES -> throw new IllegalArgumentException("summaries have no quartiles");
        };
    }

    /** The share of the rows that have each text, and last the share of those that miss one. */
    private List<Double> shares(CategoryEncoding encoding, int index) {
        ColumnSummary summary = summaries.get(index);
        List<String> texts = ((CategoryColumn) columns.columns().get(index)).categories();
        List<Double> shares = new ArrayList<>();
        for (String category : encoding.categories()) {
            shares.add((double) summary.texts(texts.indexOf(category)) / summary.rows());
        }
        if (encoding.knowsMissing()) {
            shares.add((double) summary.missing() / summary.rows());
        }
        return shares;
    }

    private static double spreadOfShare(double share, Scale scale) {
        double variance = share * (1 - share);
        return Scaling.varies(variance, share) ? spread(scale, Math.sqrt(variance), 1) : 1;
    }
}
