package dev.foretell.worker.onnx.model;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A map from class to probability for each row, as exported from scikit-learn's classifiers. As a tensor it is FP32
 * [rows, classes] with the classes as labels, in the model's order if its file contains it, otherwise sorted; 0 if a
 * row's map lacks a class.
 *
 * @param labels the classes in the model's order; empty if unknown
 * @param alone whether it is a single map, not a sequence of maps
 */
record MapsOutput(String name, List<SortedMap<Object, Object>> maps, List<Object> labels, boolean alone)
        implements ModelOutput {
    @Override
    public void write(JsonGenerator out) throws IOException {
        if (alone) {
            write(out, maps.get(0));
            return;
        }
        out.writeStartArray();
        for (Map<Object, Object> map : maps) {
            write(out, map);
        }
        out.writeEndArray();
    }

    private static void write(JsonGenerator out, Map<Object, Object> map) throws IOException {
        out.writeStartObject();
        for (Map.Entry<Object, Object> entry : map.entrySet()) {
            out.writeFieldName(entry.getKey().toString());
            value(out, entry.getValue());
        }
        out.writeEndObject();
    }

    /** Non-finite numbers are strings in JSON, as in tensors. */
    private static void value(JsonGenerator out, Object value) throws IOException {
        boolean odd =
                (value instanceof Float f && !Float.isFinite(f)) || (value instanceof Double d && !Double.isFinite(d));
        out.writeObject(odd ? value.toString() : value);
    }

    @Override
    public Tensor tensor() {
        Collection<Object> classes = classes();
        ByteBuffer numbers = ByteBuffer.allocate(size(classes.size())).order(ByteOrder.LITTLE_ENDIAN);
        maps.forEach(map -> classes.forEach(one -> numbers.putFloat(number(map.getOrDefault(one, 0f)))));
        return Tensor.of(name, Datatype.FP32, new long[] {maps.size(), classes.size()}, numbers.flip())
                .withLabels(classes.stream().map(Object::toString).toList());
    }

    private Collection<Object> classes() {
        SortedSet<Object> classes = new TreeSet<>();
        maps.forEach(map -> classes.addAll(map.keySet()));
        return labels.containsAll(classes) ? labels : classes;
    }

    /** Maps without common classes create far more numbers than they contain. */
    private int size(int classes) {
        long size = (long) maps.size() * classes * Float.BYTES;
        if (size > Runs.MAX_OUTPUT_BYTES) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "the output '" + name + "' is of maps with too many different keys for a tensor: " + maps.size()
                            + " times " + classes);
        }
        return (int) size;
    }

    private float number(Object value) {
        if (value instanceof Number number) {
            return number.floatValue();
        }
        throw new ServingException(
                FailureKind.INVALID_INPUT, "the output '" + name + "' is of maps to strings, which no tensor holds");
    }

    @Override
    public long rows() {
        return alone ? -1 : maps.size();
    }

    @Override
    public ModelOutput rows(long from, long to) {
        return new MapsOutput(name, maps.subList((int) from, (int) to), labels, false);
    }

    @Override
    public boolean isLike(ModelOutput other) {
        return other instanceof MapsOutput that
                && maps.size() == that.maps.size()
                && new TensorOutput(tensor()).isLike(new TensorOutput(that.tensor()));
    }
}
