package dev.foretell.worker.onnx.model;

import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Copies what one run left in the runtime's memory, up to a bound: its lengths may follow from what was sent. */
final class OutputReader {
    /** What a string, or an entry of a map, takes at least. */
    private static final int OBJECT_BYTES = 64;

    private final long most;
    private long taken;

    /** @param most bytes that all outputs of the run may have together */
    OutputReader(long most) {
        this.most = most;
    }

    ModelOutput read(String name, OnnxValue value) throws OrtException {
        if (value instanceof OnnxTensor tensor) {
            return new TensorOutput(tensor(name, tensor));
        } else if (value instanceof OnnxMap map) {
            return new MapsOutput(name, List.of(map(name, map)), true);
        } else if (value instanceof OnnxSequence sequence) {
            return sequence(name, sequence);
        }
        throw new ServingException(
                FailureKind.INVALID_INPUT,
                "the output '" + name + "' is a " + value.getType() + ", which is not supported");
    }

    private ModelOutput sequence(String name, OnnxSequence sequence) throws OrtException {
        List<? extends OnnxValue> values = sequence.getValue();
        try {
            return sequence.getInfo().isSequenceOfMaps() ? maps(name, values) : tensors(name, values);
        } finally {
            OnnxValue.close(values);
        }
    }

    private ModelOutput maps(String name, List<? extends OnnxValue> values) throws OrtException {
        List<SortedMap<Object, Object>> maps = new ArrayList<>(values.size());
        for (OnnxValue value : values) {
            maps.add(map(name, (OnnxMap) value));
        }
        return new MapsOutput(name, maps, false);
    }

    private SortedMap<Object, Object> map(String name, OnnxMap map) throws OrtException {
        take(name, map.size(), OBJECT_BYTES);
        return new TreeMap<>(map.getValue());
    }

    private ModelOutput tensors(String name, List<? extends OnnxValue> values) throws OrtException {
        List<Tensor> tensors = new ArrayList<>(values.size());
        for (OnnxValue value : values) {
            tensors.add(tensor(name, (OnnxTensor) value));
        }
        return new TensorsOutput(name, tensors);
    }

    private Tensor tensor(String name, OnnxTensor tensor) throws OrtException {
        Datatype datatype = TensorTypes.datatype(name, tensor.getInfo().onnxType);
        long[] shape = tensor.getInfo().getShape();
        boolean isText = datatype == Datatype.BYTES;
        take(name, tensor.getInfo().getNumElements(), isText ? OBJECT_BYTES : datatype.width());
        if (!isText) {
            return Tensor.of(name, datatype, shape, tensor.getByteBuffer());
        }
        List<byte[]> strings = new ArrayList<>();
        flatten(tensor.getValue(), strings);
        return Tensor.of(name, shape, strings);
    }

    private void take(String name, long elements, int width) {
        taken += elements * width;
        if (taken > most) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "the model's outputs are larger than " + most + " bytes for this input: '" + name + "' has "
                            + elements
                            + " elements; ask for less, or start hosts with more: --set onnx.max-output-bytes=N");
        }
    }

    private static void flatten(Object value, List<byte[]> strings) {
        if (value instanceof Object[] values) {
            for (Object one : values) {
                flatten(one, strings);
            }
        } else {
            strings.add(value.toString().getBytes(StandardCharsets.UTF_8));
        }
    }
}
