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

/** Copies what a run left in the runtime's memory. */
final class OutputReader {
    private OutputReader() {}

    static ModelOutput read(String name, OnnxValue value) throws OrtException {
        if (value instanceof OnnxTensor tensor) {
            return new TensorOutput(tensor(name, tensor));
        } else if (value instanceof OnnxMap map) {
            return new MapsOutput(name, List.of(map(map)), true);
        } else if (value instanceof OnnxSequence sequence) {
            return sequence(name, sequence);
        }
        throw new ServingException(
                FailureKind.INVALID_INPUT,
                "the output '" + name + "' is a " + value.getType() + ", which is not supported");
    }

    private static ModelOutput sequence(String name, OnnxSequence sequence) throws OrtException {
        List<? extends OnnxValue> values = sequence.getValue();
        try {
            return sequence.getInfo().isSequenceOfMaps() ? maps(name, values) : tensors(name, values);
        } finally {
            OnnxValue.close(values);
        }
    }

    private static ModelOutput maps(String name, List<? extends OnnxValue> values) throws OrtException {
        List<SortedMap<Object, Object>> maps = new ArrayList<>(values.size());
        for (OnnxValue value : values) {
            maps.add(map((OnnxMap) value));
        }
        return new MapsOutput(name, maps, false);
    }

    private static SortedMap<Object, Object> map(OnnxMap map) throws OrtException {
        return new TreeMap<>(map.getValue());
    }

    private static ModelOutput tensors(String name, List<? extends OnnxValue> values) throws OrtException {
        List<Tensor> tensors = new ArrayList<>(values.size());
        for (OnnxValue value : values) {
            tensors.add(tensor(name, (OnnxTensor) value));
        }
        return new TensorsOutput(name, tensors);
    }

    private static Tensor tensor(String name, OnnxTensor tensor) throws OrtException {
        Datatype datatype = TensorTypes.datatype(name, tensor.getInfo().onnxType);
        long[] shape = tensor.getInfo().getShape();
        if (datatype != Datatype.BYTES) {
            return Tensor.of(name, datatype, shape, tensor.getByteBuffer());
        }
        List<byte[]> strings = new ArrayList<>();
        flatten(tensor.getValue(), strings);
        return Tensor.of(name, shape, strings);
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
