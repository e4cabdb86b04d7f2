package dev.foretell.worker.onnx.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads the fields of one message in protobuf's wire format, one after another. What is no such message makes it throw. */
final class ProtoReader {
    private final ByteBuffer message;
    private int field;
    private long number;
    private ByteBuffer part = ByteBuffer.allocate(0);

    ProtoReader(ByteBuffer message) {
        this.message = message;
    }

    /** Goes to the next field; false where there is none. */
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

    /** The field's value, where it is a number. */
    long number() {
        return number;
    }

    /** The field's bytes, where it is a text or a message; empty where it is neither. */
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

    /** All numbers of a field that has many: they may be packed in one part, or come one by one. */
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
