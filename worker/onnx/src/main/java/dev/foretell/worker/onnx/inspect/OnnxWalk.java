package dev.foretell.worker.onnx.inspect;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.nio.ByteBuffer;

/**
 * Walks through the protobuf of an ONNX file to every tensor: none may have its data in another file, which could be
 * any file of the machine. Skips weights, copies nothing, and bounds the depth.
 */
final class OnnxWalk {
    private static final int MAX_DEPTH = 100;
    private static final int FORMAT_FIELD = 1;
    private static final int GRAPH_FIELD = 7;
    private static final int EXTERNAL_DATA_FIELD = 13;
    private static final int DATA_LOCATION_FIELD = 14;

    private final ByteBuffer file;
    private boolean graph;
    private long format;

    OnnxWalk(ByteBuffer file) {
        this.file = file.duplicate();
    }

    boolean hasGraph() {
        return graph;
    }

    /** The version of the file format. */
    long format() {
        return format;
    }

    /** @throws ServingException {@link FailureKind#INVALID_INPUT} with the problem */
    void model() {
        file.rewind();
        message(OnnxMessage.MODEL, file.limit(), 0);
    }

    private void message(OnnxMessage message, int end, int depth) {
        if (depth > MAX_DEPTH) {
            throw BadModel.of("the model's graphs are nested too deeply");
        }
        while (file.position() < end) {
            long tag = varint(end);
            int field = (int) (tag >>> 3);
            if (field == 0 || tag >>> 3 > 1 << 29) {
                throw notOnnx();
            }
            field(message, field, (int) (tag & 7), end, depth);
        }
    }

    private void field(OnnxMessage message, int field, int wireType, int end, int depth) {
        switch (wireType) {
            case 0 -> number(message, field, varint(end));
            case 1 -> skip(Long.BYTES, end);
            case 2 -> part(message, field, end, depth);
            case 5 -> skip(Integer.BYTES, end);
            default -> throw notOnnx();
        }
    }

    private void number(OnnxMessage message, int field, long value) {
        if (message == OnnxMessage.TENSOR && field == DATA_LOCATION_FIELD && value != 0) {
            throw external();
        } else if (message == OnnxMessage.MODEL && field == FORMAT_FIELD) {
            format = value;
        }
    }

    private void part(OnnxMessage message, int field, int end, int depth) {
        long length = varint(end);
        if (length < 0 || length > end - file.position()) {
            throw end == file.limit() && length > 0
                    ? BadModel.of("the file is truncated, or is not an ONNX model: a part of it extends beyond its end")
                    : notOnnx();
        }
        if (message == OnnxMessage.TENSOR && field == EXTERNAL_DATA_FIELD) {
            throw external();
        }
        graph |= message == OnnxMessage.MODEL && field == GRAPH_FIELD;
        int after = file.position() + (int) length;
        OnnxMessage within = message.in(field);
        if (within != null) {
            message(within, after, depth + 1);
        }
        file.position(after);
    }

    private void skip(int bytes, int end) {
        if (bytes > end - file.position()) {
            throw notOnnx();
        }
        file.position(file.position() + bytes);
    }

    private long varint(int end) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (file.position() >= end) {
                throw end == file.limit()
                        ? BadModel.of(
                                "the file is truncated, or is not an ONNX model: it ends in the middle of a number")
                        : notOnnx();
            }
            byte next = file.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw notOnnx();
    }

    private static ServingException notOnnx() {
        return BadModel.of(
                "the file is not an ONNX model; export one with the library that trained it (skl2onnx, torch.onnx.export, tf2onnx). A pickle does not work");
    }

    private static ServingException external() {
        return BadModel.of(
                "the model keeps weights in other files (external data), which is not allowed: save it as one file");
    }
}
