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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Copies the outputs of one run from the runtime's memory, up to a bound, because their size may depend on the input.
 */
final class OutputReader {
    /** The minimum size of a string or of an entry of a map. */
    private static final int OBJECT_BYTES = 64;

    private final long most;
    private final GraphWords words;
    private final Texts texts;
    private final boolean mayBeOdd;
    private long taken;

    /**
     * @param most maximum bytes of all outputs of the run
     * @param words the contents of the model's file
     * @param mayBeOdd whether texts may have characters that Java's modified UTF-8 encodes differently, even if they do
     *     not seem to
     */
    OutputReader(long most, GraphWords words, Texts texts, boolean mayBeOdd) {
        this.most = most;
        this.words = words;
        this.texts = texts;
        this.mayBeOdd = mayBeOdd;
    }

    ModelOutput read(String name, OnnxValue value) throws OrtException {
        if (value instanceof OnnxTensor tensor) {
            return new TensorOutput(tensor(name, tensor));
        } else if (value instanceof OnnxMap map) {
            return new MapsOutput(name, List.of(map(name, map)), labels(name), true);
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
        return new MapsOutput(name, maps, labels(name), false);
    }

    private List<Object> labels(String name) {
        List<Object> labels = words.labels.getOrDefault(name, List.of());
        if (labels.stream().anyMatch(OutputReader::isOdd)) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "the class labels of the output '" + name
                            + "' have characters beyond the first plane or NUL, by which"
                            + " ONNX Runtime's Java cannot tell them apart: export the model without ZipMap (zipmap=False)");
        }
        return labels;
    }

    private static boolean isOdd(Object label) {
        return label instanceof String text && Texts.isOdd(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
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
        return new TensorsOutput(name, tensors, TensorTypes.ofSequence(name, words.elementsOf(name)));
    }

    private Tensor tensor(String name, OnnxTensor tensor) throws OrtException {
        Datatype datatype = TensorTypes.datatype(name, tensor.getInfo().onnxType);
        long[] shape = tensor.getInfo().getShape();
        boolean isText = datatype == Datatype.BYTES;
        take(name, tensor.getInfo().getNumElements(), isText ? OBJECT_BYTES : datatype.width());
        if (!isText) {
            return Tensor.of(name, datatype, shape, tensor.getByteBuffer());
        }
        return Tensor.of(name, shape, texts.read(name, tensor, mayBeOdd));
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
}
