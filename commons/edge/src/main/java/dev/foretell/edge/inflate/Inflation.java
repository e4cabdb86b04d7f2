package dev.foretell.edge.inflate;

import java.util.zip.DataFormatException;

/** Undoes one compression, a piece at a time: no more comes out at once than the caller has room for. Used by one thread. */
public interface Inflation extends AutoCloseable {
    /** The next compressed bytes; those before them must all have been used. They are not copied. */
    void feed(byte[] compressed);

    /**
     * Writes what comes of them.
     *
     * @return how many bytes; none where more must be fed, or nothing more comes
     * @throws DataFormatException where they are not what they should be
     */
    int inflate(byte[] room) throws DataFormatException;

    /** Whether the end of the compressed body has come, and nothing was fed beyond it. */
    boolean isWhole();

    @Override
    void close();
}
