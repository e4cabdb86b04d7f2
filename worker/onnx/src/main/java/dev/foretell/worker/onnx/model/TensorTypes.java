package dev.foretell.worker.onnx.model;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.TensorInfo.OnnxTensorType;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.tensor.Datatype;
import dev.foretell.commons.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Maps the protocol's element types to those of ONNX Runtime. */
final class TensorTypes {
    /** In order of their numbers in ONNX files. */
    private static final List<OnnxTensorType> BY_NUMBER = List.of(
            OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UNDEFINED,
            OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT,
            OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8,
            OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8,
            OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT16,
            OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_INT16,
            OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32,
            OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64,
            OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_STRING,
            OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL,
            OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16,
            OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE,
            OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT32,
            OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT64);

    private TensorTypes() {}

    static TensorSpec spec(String name, TensorInfo info, ElementWords words) {
        return new TensorSpec(
                name,
                datatype(name, info.onnxType, words),
                Arrays.stream(info.getShape()).boxed().toList());
    }

    /** A sequence of tensors as one tensor, with the elements' dimensions as far as the file contains them. */
    static TensorSpec ofSequence(String name, ElementWords elements) {
        List<Long> shape = new ArrayList<>(List.of(-1L));
        shape.addAll(elements.shape());
        return new TensorSpec(name, ofElements(name, elements), shape);
    }

    private static Datatype ofElements(String name, ElementWords words) {
        OnnxTensorType type = words.type() > 0 && words.type() < BY_NUMBER.size()
                ? BY_NUMBER.get(words.type())
                : OnnxTensorType.ONNX_TENSOR_ELEMENT_DATA_TYPE_UNDEFINED;
        return datatype(name, type, words);
    }

    static Datatype datatype(String name, OnnxTensorType type) {
        return datatype(name, type, ElementWords.NONE);
    }

    /** @param words the file's types, for types without a name in the runtime's Java API */
    private static Datatype datatype(String name, OnnxTensorType type, ElementWords words) {
        return switch (type) {
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL -> Datatype.BOOL;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8 -> Datatype.UINT8;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT16 -> Datatype.UINT16;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT32 -> Datatype.UINT32;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT64 -> Datatype.UINT64;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8 -> Datatype.INT8;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT16 -> Datatype.INT16;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32 -> Datatype.INT32;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64 -> Datatype.INT64;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16 -> Datatype.FP16;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_BFLOAT16 -> Datatype.BF16;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT -> Datatype.FP32;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE -> Datatype.FP64;
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_STRING -> Datatype.BYTES;
            default ->
                throw new ServingException(
                        FailureKind.INVALID_INPUT,
                        "'" + name + "' is of the type "
                                + words.nameOr(type.name().replace("ONNX_TENSOR_ELEMENT_DATA_TYPE_", ""))
                                + ", which ONNX Runtime's Java does not support: cast it in the model, for example to FLOAT");
        };
    }

    /** The type in which the runtime gets the bytes; unsigned types are {@linkplain UnsignedCast cast} there. */
    static OnnxJavaType ofBytes(Datatype datatype) {
        return switch (datatype) {
            case BOOL -> OnnxJavaType.BOOL;
            case UINT8 -> OnnxJavaType.UINT8;
            case INT8 -> OnnxJavaType.INT8;
            case INT16, UINT16 -> OnnxJavaType.INT16;
            case INT32, UINT32 -> OnnxJavaType.INT32;
            case INT64, UINT64 -> OnnxJavaType.INT64;
            case FP16 -> OnnxJavaType.FLOAT16;
            case BF16 -> OnnxJavaType.BFLOAT16;
            case FP32 -> OnnxJavaType.FLOAT;
            case FP64 -> OnnxJavaType.DOUBLE;
            case BYTES -> OnnxJavaType.STRING;
        };
    }
}
