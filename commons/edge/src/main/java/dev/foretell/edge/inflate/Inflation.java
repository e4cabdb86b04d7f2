package dev.foretell.edge.inflate;

import java.util.zip.DataFormatException;

/**
 * Undoes one compression, a piece at a time: one call never produces more than the given buffer holds. Used by one
 * thread.
 */
public interface Inflation extends AutoCloseable {
    /** The next compressed bytes. All bytes of the previous call must have been used. They are not copied. */
    void feed(byte[] compressed);

    /**
     * Writes decompressed bytes.
     *
     * @return the number of bytes; 0 if it needs more input or has reached the end
     * @throws DataFormatException if the input is invalid
     */
    int inflate(byte[] room) throws DataFormatException;

    /** Whether the compressed body is complete and has no bytes after its end. */
    boolean isWhole();

    @Override
    void close();
}
