package dev.foretell.worker.training.engine;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The rows of a table as records of equal length, which any number of readers find without reading those before: the number of the row's
 * part, the cells of its features, its target; each a double, the highest byte first.
 *
 * @param cells of each row, the target among them
 */
public record RowFile(Path path, int cells) {
    private static final int BUFFER = 1 << 20;

    /** The length of a record. */
    public int recordBytes() {
        return Double.BYTES * (cells + 1);
    }

    /** Creates the file. */
    Writer writer() throws IOException {
        return new Writer(new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(path), BUFFER)), cells);
    }

    /** The number of the part of a record's row. */
    public static int part(byte[] rowRecord) {
        return (int) ByteBuffer.wrap(rowRecord).getDouble();
    }

    /** The cells of a record's row. */
    public static double[] cells(byte[] rowRecord) {
        ByteBuffer bytes = ByteBuffer.wrap(rowRecord).position(Double.BYTES);
        double[] cells = new double[rowRecord.length / Double.BYTES - 1];
        bytes.asDoubleBuffer().get(cells);
        return cells;
    }

    /** Writes rows. Used by one thread. */
    static final class Writer implements Closeable {
        private final DataOutputStream out;
        private final ByteBuffer bytes;

        private Writer(DataOutputStream out, int cells) {
            this.out = out;
            this.bytes = ByteBuffer.allocate(Double.BYTES * (cells + 1));
        }

        void write(int part, double[] row) throws IOException {
            bytes.clear();
            bytes.putDouble(part);
            for (double cell : row) {
                bytes.putDouble(cell);
            }
            out.write(bytes.array());
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
