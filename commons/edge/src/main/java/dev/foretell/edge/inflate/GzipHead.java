package dev.foretell.edge.inflate;

import java.util.zip.DataFormatException;

/** Parses the head of one gzip member (RFC 1952, 2.3) byte by byte and discards it. */
final class GzipHead {
    private static final int FIXED_BYTES = 10;
    private static final int DEFLATE = 8;
    private static final int HAS_CHECKSUM = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private int read;
    private int flags;
    private int extraLength;
    private int extraRead = -2;
    private int checksumLeft = 2;

    boolean isRead() {
        return read >= FIXED_BYTES && flags == 0;
    }

    void read(byte part) throws DataFormatException {
        int value = part & 0xff;
        if (read < FIXED_BYTES) {
            readFixed(value);
        } else if ((flags & HAS_EXTRA) != 0) {
            readExtra(value);
        } else if ((flags & HAS_NAME) != 0) {
            endsAtZero(value, HAS_NAME);
        } else if ((flags & HAS_COMMENT) != 0) {
            endsAtZero(value, HAS_COMMENT);
        } else if (--checksumLeft == 0) {
            flags &= ~HAS_CHECKSUM;
        }
    }

    private void readFixed(int value) throws DataFormatException {
        boolean isWrong = switch (read++) {
            case 0 -> value != 0x1f;
            case 1 -> value != 0x8b;
            case 2 -> value != DEFLATE;
            case 3 -> !takeFlags(value);
            default -> false;
        };
        if (isWrong) {
            throw new DataFormatException("it does not begin so");
        }
    }

    /** Ignores the flag for text content. */
    private boolean takeFlags(int value) {
        flags = value & (HAS_CHECKSUM | HAS_EXTRA | HAS_NAME | HAS_COMMENT);
        return (value & RESERVED) == 0;
    }

    private void readExtra(int value) {
        if (extraRead < 0) {
            extraLength |= value << 8 * (extraRead + 2);
        }
        if (++extraRead >= 0 && extraRead >= extraLength) {
            flags &= ~HAS_EXTRA;
        }
    }

    private void endsAtZero(int value, int flag) {
        if (value == 0) {
            flags &= ~flag;
        }
    }
}
