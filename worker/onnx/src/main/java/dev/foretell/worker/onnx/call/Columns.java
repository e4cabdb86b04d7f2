package dev.foretell.worker.onnx.call;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.NearestNames;
import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.Tensor;
import dev.foretell.commons.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The column names of rows: the names of the inputs, if each takes one value per row, or the names that the model's
 * author gave to the columns of its only input.
 *
 * @param specs one per column; empty if rows have no names
 * @param joined whether all of them are columns of one input
 */
record Columns(List<TensorSpec> inputs, List<TensorSpec> specs, boolean joined) {
    /** The key in a model's metadata: names in the input's order, separated by commas. */
    static final String KEY = "foretell.columns";

    private static final int MAX_SHOWN = 5;

    static Columns of(List<TensorSpec> inputs, Map<String, String> metadata) {
        String names = metadata.get(KEY);
        if (names != null && inputs.size() == 1) {
            Datatype datatype = inputs.get(0).datatype();
            return new Columns(
                    inputs,
                    Arrays.stream(names.split(","))
                            .map(name -> new TensorSpec(name.strip(), datatype, List.of(-1L)))
                            .toList(),
                    true);
        }
        boolean each = !inputs.isEmpty() && inputs.stream().allMatch(input -> isColumn(input.shape(), inputs.size()));
        return new Columns(inputs, each ? inputs : List.of(), false);
    }

    private static boolean isColumn(List<Long> shape, int inputs) {
        return shape.size() == 1 || (shape.size() == 2 && (shape.get(1) == 1 || (shape.get(1) < 0 && inputs > 1)));
    }

    boolean areKnown() {
        return !specs.isEmpty();
    }

    /** Whether a bare array can only contain rows. */
    boolean takeRowsOnly() {
        return specs.size() > 1 && !joined;
    }

    /**
     * Checks that the model takes rows.
     *
     * @throws ServingException {@link FailureKind#INVALID_INPUT} with the models that do
     */
    void require() {
        if (!areKnown()) {
            throw misfit(
                    "rows with names are for models with one input per column, or whose metadata has the names of the"
                            + " columns of their only input (" + KEY + "); this one takes arrays");
        }
        List<String> repeated = findRepeated();
        if (!repeated.isEmpty()) {
            throw misfit(namesTwice(repeated) + ": send arrays");
        }
        if (joined) {
            List<Long> shape = inputs.get(0).shape();
            if (shape.size() != 2 || (shape.get(1) >= 0 && shape.get(1) != specs.size())) {
                throw misfit(
                        "the model's metadata names " + specs.size() + (specs.size() == 1 ? " column (" : " columns (")
                                + KEY + "), and its input has the shape " + shape + ": send arrays");
            }
        }
    }

    /**
     * Refuses a file that gives several columns one name; files that were registered before still take arrays.
     *
     * @throws ServingException {@link FailureKind#INVALID_INPUT} with those names
     */
    void requireDistinct() {
        List<String> repeated = findRepeated();
        if (!repeated.isEmpty()) {
            throw misfit(namesTwice(repeated) + "; give each column a name of its own");
        }
    }

    private List<String> findRepeated() {
        Set<String> seen = new HashSet<>();
        return names().stream().filter(name -> !seen.add(name)).distinct().toList();
    }

    private static String namesTwice(List<String> repeated) {
        String shown = repeated.stream()
                .limit(MAX_SHOWN)
                .map(name -> "'" + NearestNames.abbreviate(name) + "'")
                .collect(Collectors.joining(", "));
        return "the model's metadata names a column twice (" + KEY + "): " + shown
                + (repeated.size() > MAX_SHOWN ? " and others" : "");
    }

    List<String> names() {
        return specs.stream().map(TensorSpec::name).toList();
    }

    /** The inputs of a run, from columns of equal length. */
    List<Tensor> tensors(List<Tensor> columns, int rows) {
        if (joined) {
            return List.of(side(columns, rows));
        }
        List<Tensor> tensors = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            long[] shape = specs.get(i).shape().size() == 1 ? new long[] {rows} : new long[] {rows, 1};
            tensors.add(reshape(columns.get(i), shape));
        }
        return tensors;
    }

    private static Tensor reshape(Tensor tensor, long[] shape) {
        return tensor.datatype() == Datatype.BYTES
                ? Tensor.of(tensor.name(), shape, tensor.strings())
                : Tensor.of(tensor.name(), tensor.datatype(), shape, tensor.numbers());
    }

    /** Joins columns side by side. */
    private Tensor side(List<Tensor> columns, int rows) {
        TensorSpec input = inputs.get(0);
        long[] shape = {rows, columns.size()};
        if (input.datatype() == Datatype.BYTES) {
            List<byte[]> strings = new ArrayList<>(rows * columns.size());
            for (int row = 0; row < rows; row++) {
                for (Tensor column : columns) {
                    strings.add(column.strings().get(row));
                }
            }
            return Tensor.of(input.name(), shape, strings);
        }
        int width = input.datatype().width();
        List<ByteBuffer> numbers = columns.stream().map(Tensor::numbers).toList();
        ByteBuffer all = ByteBuffer.allocate(rows * columns.size() * width);
        for (int row = 0; row < rows; row++) {
            for (ByteBuffer column : numbers) {
                all.put(column.slice(row * width, width));
            }
        }
        return Tensor.of(input.name(), input.datatype(), shape, all.flip());
    }

    static ServingException misfit(String what) {
        return new ServingException(FailureKind.INVALID_INPUT, what);
    }
}
