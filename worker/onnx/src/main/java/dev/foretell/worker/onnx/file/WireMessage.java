package dev.foretell.worker.onnx.file;

import java.nio.ByteBuffer;

/**
 * One protobuf message in place: a cursor over its fields, which never leaves the message. It reads tags and lengths as
 * protobuf's own parser does, so that nothing is there for the one and not for the other. Confined to one thread.
 */
final class WireMessage {
    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int LENGTH = 2;
    private static final int FOUR_BYTES = 5;
    private static final int LONGEST_VARINT = 10;
    private static final int LONGEST_TAG = 5;

    private final ByteBuffer file;
    private final int end;
    private int at;
    private int field;
    private int kind;
    private long number;
    private int from;

    WireMessage(ByteBuffer file) {
        this(file, 0, file.limit());
    }

    private WireMessage(ByteBuffer file, int start, int end) {
        this.file = file;
        this.at = start;
        this.end = end;
    }

    /** A message that is not what it should be. */
    static final class BrokenException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final boolean isCut;

        private BrokenException(boolean isCut) {
            super(null, null, false, false);
            this.isCut = isCut;
        }

        /** Whether the message ends before one of its fields does. */
        boolean isCut() {
            return isCut;
        }
    }

    /**
     * Goes on to the next field; false at the end.
     *
     * @throws BrokenException if there is no field there
     */
    boolean next() {
        if (at == end) {
            return false;
        }
        int tag = (int) varint(LONGEST_TAG);
        field = tag >>> 3;
        kind = tag & 7;
        if (field == 0) {
            throw new BrokenException(false);
        }
        skip();
        return true;
    }

    private void skip() {
        switch (kind) {
            case VARINT -> number = varint(LONGEST_VARINT);
            case EIGHT_BYTES -> advance(Long.BYTES);
            case FOUR_BYTES -> advance(Integer.BYTES);
            case LENGTH -> {
                long length = varint(LONGEST_TAG);
                from = at;
                advance(length);
            }
            default -> throw new BrokenException(false);
        }
    }

    int field() {
        return field;
    }

    /** Whether the field is a number, one of an enumeration or a truth. */
    boolean isNumber() {
        return kind == VARINT;
    }

    /** Whether the field is a message, text or bytes. */
    boolean isBytes() {
        return kind == LENGTH;
    }

    long number() {
        return number;
    }

    /** The field as a message of its own. */
    WireMessage message() {
        return new WireMessage(file, from, at);
    }

    private void advance(long length) {
        if (length > end - at) {
            throw new BrokenException(true);
        }
        at += (int) length;
    }

    private long varint(int longest) {
        long value = 0;
        for (int i = 0; i < longest; i++) {
            if (at == end) {
                throw new BrokenException(true);
            }
            byte part = file.get(at++);
            value |= (part & 0x7fL) << 7 * i;
            if (part >= 0) {
                return value;
            }
        }
        throw new BrokenException(false);
    }
}
