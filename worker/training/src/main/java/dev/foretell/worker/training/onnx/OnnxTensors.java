package dev.foretell.worker.training.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Converts values to the form that a model file has. */
final class OnnxTensors {
    private OnnxTensors() {}

    static TensorProto doubles(String name, double[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Double.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(values);
        return tensor(name, DataType.DOUBLE, shape)
                .setRawData(ByteString.copyFrom(bytes))
                .build();
    }

    static TensorProto longs(String name, long[] values, long... shape) {
        TensorProto.Builder tensor = tensor(name, DataType.INT64, shape);
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        return tensor.build();
    }

    static TensorProto texts(String name, List<String> values) {
        TensorProto.Builder tensor = tensor(name, DataType.STRING, values.size());
        values.forEach(value -> tensor.addStringData(ByteString.copyFromUtf8(value)));
        return tensor.build();
    }

    private static TensorProto.Builder tensor(String name, DataType type, long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
        for (long length : shape) {
            tensor.addDims(length);
        }
        return tensor;
    }
}
