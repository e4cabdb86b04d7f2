package dev.foretell.worker.onnx.inspect;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A protobuf message as it is written, for files that no library would write. */
final class Wire {
    private static final int FLOAT = 1;
    private static final int NEWEST_FORMAT = 8;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Wire number(int field, long value) {
        return varint((long) field << 3).varint(value);
    }

    Wire text(int field, String text) {
        return bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    Wire part(int field, Wire message) {
        return bytes(field, message.bytes());
    }

    Wire bytes(int field, byte[] bytes) {
        varint((long) field << 3 | 2).varint(bytes.length);
        return raw(bytes);
    }

    Wire raw(byte... bytes) {
        out.writeBytes(bytes);
        return this;
    }

    private Wire varint(long value) {
        long left = value;
        while ((left & ~0x7fL) != 0) {
            out.write((int) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    /** A model around a graph; it can be loaded where the graph can. */
    static Wire model(int operators, Wire graph) {
        return new Wire()
                .number(1, NEWEST_FORMAT)
                .part(7, graph)
                .part(8, new Wire().text(1, "").number(2, operators));
    }

    /** A graph with one operation, from {@code x} to {@code y}, both FP32 of any length. */
    static Wire graph(Wire node) {
        return new Wire().part(1, node).text(2, "graph").part(11, vector("x")).part(12, vector("y"));
    }

    /** An operation from {@code x} to {@code y}. */
    static Wire node(String operator) {
        return new Wire().text(1, "x").text(2, "y").text(4, operator);
    }

    private static Wire vector(String name) {
        Wire shape = new Wire().part(1, new Wire().text(2, "N"));
        Wire tensor = new Wire().number(1, FLOAT).part(2, shape);
        return new Wire().text(1, name).part(2, new Wire().part(1, tensor));
    }

    /** A tensor of one number, which claims to lie in another file. */
    static Wire externalTensor() {
        return new Wire()
                .number(1, 1)
                .number(2, FLOAT)
                .text(8, "w")
                .part(13, new Wire().text(1, "location").text(2, "/etc/passwd"))
                .number(14, 1);
    }
}
