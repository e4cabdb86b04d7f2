package dev.foretell.worker.onnx.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads the fields of one message in protobuf's wire format in order. Throws if the bytes are not such a message. */
final class ProtoReader {
    private final ByteBuffer message;
    private int field;
    private long number;
    private ByteBuffer part = ByteBuffer.allocate(0);

    ProtoReader(ByteBuffer message) {
        this.message = message;
    }

    /** Moves to the next field; false at the end. */
    boolean next() {
        if (!message.hasRemaining()) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        part = ByteBuffer.allocate(0);
        switch ((int) (tag & 7)) {
            case 0 -> number = varint();
            case 1 -> message.position(message.position() + Long.BYTES);
            case 2 -> {
                int length = Math.toIntExact(varint());
                part = message.slice(message.position(), length);
                message.position(message.position() + length);
            }
            case 5 -> message.position(message.position() + Integer.BYTES);
            default -> throw new IllegalArgumentException("no field");
        }
        return true;
    }

    int field() {
        return field;
    }

    /** The value of a numeric field. */
    long number() {
        return number;
    }

    /** The bytes of a text or message field; empty for other fields. */
    ByteBuffer part() {
        return part.duplicate();
    }

    String text() {
        return StandardCharsets.UTF_8.decode(part()).toString();
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = message.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("no number");
    }

    /** All numbers of a repeated field: packed in one part, or one by one. */
    static void numbers(ProtoReader at, java.util.function.LongConsumer each) {
        ByteBuffer packed = at.part();
        if (!packed.hasRemaining()) {
            each.accept(at.number());
            return;
        }
        ProtoReader values = new ProtoReader(packed);
        while (packed.hasRemaining()) {
            each.accept(values.varint());
        }
    }
}
