package dev.foretell.worker.training.prepare;

import dev.foretell.commons.training.Scale;
import dev.foretell.worker.training.onnx.OnnxGraph;
import dev.foretell.worker.training.onnx.OnnxNode;
import dev.foretell.worker.training.table.CategoryColumn;
import dev.foretell.worker.training.table.Features;
import dev.foretell.worker.training.table.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/** Imputing, encoding, scaling and selection, as learned from rows; the same for other rows, and as ONNX. Immutable. */
public final class Preparation {
    private final List<Encoding> encodings;
    private final double[] fills;
    private final Optional<Scaling> scaling;
    private final Optional<Selection> selection;

    private Preparation(
            List<Encoding> encodings, double[] fills, Optional<Scaling> scaling, Optional<Selection> selection) {
        this.encodings = encodings;
        this.fills = fills;
        this.scaling = scaling;
        this.selection = selection;
    }

    /** @param target the known answers, by which numbers are selected */
    public static Preparation learn(Features features, Target target, PreparationOptions options) {
        List<Encoding> encodings =
                features.columns().stream().map(Encoding::learn).toList();
        Preparation encoded = new Preparation(encodings, fills(encodings), Optional.empty(), Optional.empty());
        return encoded.withScale(features, options.scale()).withSelection(features, target, options.features());
    }

    /**
     * A preparation from the summaries of rows.
     *
     * @param columns the columns, without rows
     * @param medians of each column of numbers; anything for one of texts
     * @param scale any but {@link Scale#QUARTILES}
     */
    public static Preparation of(Features columns, List<ColumnSummary> summaries, double[] medians, Scale scale) {
        SummedColumns summed = new SummedColumns(columns, summaries, medians);
        List<Encoding> encodings = summed.encodings();
        return new Preparation(encodings, fills(encodings), summed.scaling(scale), Optional.empty());
    }

    /** The median of those that are not missing; 0 where all are. */
    public static double median(double[] values) {
        return NumberEncoding.median(values);
    }

    /** The same for single rows; without a selection. */
    public RowEncoder encoder(Features columns) {
        int[][] places = new int[encodings.size()][];
        int[] starts = new int[encodings.size()];
        int at = 0;
        for (int i = 0; i < starts.length; i++) {
            places[i] = encodings.get(i).places(columns.columns().get(i));
            starts[i] = at;
            at += encodings.get(i).width();
        }
        return new RowEncoder(places, starts, fills, scaling.orElseGet(() -> Scaling.none(fills.length)));
    }

    private Preparation withScale(Features features, Scale scale) {
        return scale == Scale.NONE
                ? this
                : new Preparation(
                        encodings,
                        fills,
                        Optional.of(Scaling.learn(apply(features), fills.length, scale)),
                        Optional.empty());
    }

    private Preparation withSelection(Features features, Target target, double share) {
        return share == 1
                ? this
                : new Preparation(
                        encodings, fills, scaling, Optional.of(Selection.learn(apply(features), target, share)));
    }

    private static double[] fills(List<Encoding> encodings) {
        return encodings.stream()
                .flatMapToDouble(
                        encoding -> DoubleStream.generate(encoding::fill).limit(encoding.width()))
                .toArray();
    }

    /** Numbers for each row, none missing. */
    public double[][] apply(Features features) {
        double[][] rows = new double[features.rows()][fills.length];
        int at = 0;
        for (int i = 0; i < encodings.size(); i++) {
            encodings.get(i).encode(features.columns().get(i), rows, at);
            at += encodings.get(i).width();
        }
        impute(rows);
        scaling.ifPresent(learned -> learned.apply(rows));
        selection.ifPresent(learned -> learned.apply(rows));
        return rows;
    }

    /** Numbers for each row, at most. */
    public static int widest(Features features) {
        return features.columns().stream()
                .mapToInt(column -> column instanceof CategoryColumn texts
                        ? texts.categories().size() + 1
                        : 1)
                .sum();
    }

    /** The divisor of each number. */
    public double[] deviations() {
        double[] deviations = scaling.map(Scaling::deviations)
                .orElseGet(
                        () -> DoubleStream.generate(() -> 1).limit(fills.length).toArray());
        return selection.map(learned -> learned.of(deviations)).orElse(deviations);
    }

    private void impute(double[][] rows) {
        for (double[] row : rows) {
            for (int j = 0; j < row.length; j++) {
                row[j] = Double.isNaN(row[j]) ? fills[j] : row[j];
            }
        }
    }

    /** Adds the inputs, in the order of the columns, and the nodes; the result has the numbers of each row. */
    public String export(OnnxGraph graph) {
        List<String> parts = new ArrayList<>();
        encodings.forEach(encoding -> parts.add(encoding.export(graph)));
        String rows = graph.add(OnnxNode.of("Concat", parts).with("axis", 1));
        String missing = graph.add(OnnxNode.of("IsNaN", rows));
        String filled = graph.add(OnnxNode.of("Where", missing, graph.doubles(fills, 1, fills.length), rows));
        String scaled = scaling.map(learned -> learned.export(graph, filled)).orElse(filled);
        return selection.map(learned -> learned.export(graph, scaled)).orElse(scaled);
    }
}
