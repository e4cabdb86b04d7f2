package dev.foretell.worker.training.engine;

import dev.foretell.worker.training.table.CsvOptions;
import dev.foretell.worker.training.table.CsvTable;
import dev.foretell.worker.training.table.RowReceiver;
import dev.foretell.worker.training.table.ScannedTable;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a CSV of any length once: checks it as any other table, writes its rows to a file, deals them to parts. Memory is bounded by the
 * columns and the sample. Used once, by one thread.
 */
public final class LargeTableReader implements Closeable {
    /** Of the sample, about 8 bytes each. */
    private static final int SAMPLED_CELLS = 2_000_000;

    private static final int EVERY = 1 << 16;

    private final Path rows;
    private final int parts;
    private final long seed;
    private final Runnable everySome;
    private final Parts dealer;
    private final List<PartSummary> summaries = new ArrayList<>();
    private RowFile.@Nullable Writer writer;
    private int cells;
    private long passed;

    /**
     * @param rows the file for the rows
     * @param everySome called repeatedly while rows are read
     */
    public LargeTableReader(Path rows, int parts, long seed, Runnable everySome) {
        this.rows = rows;
        this.parts = parts;
        this.seed = seed;
        this.everySome = everySome;
        this.dealer = new Parts(parts, seed);
    }

    /**
     * @throws dev.foretell.commons.failure.ServingException INVALID_INPUT if a training cannot use the table
     * @throws IOException from the bytes or the file of rows
     */
    public LargeTable read(InputStream bytes, CsvOptions options) throws IOException {
        RowReceiver receiver = this::add;
        ScannedTable scanned = CsvTable.scan(bytes, options, receiver);
        close();
        return new LargeTable(scanned, new RowFile(rows, cells), summaries);
    }

    private void add(double[] row, IntPredicate isText) throws IOException {
        if (writer == null) {
            writer = begin(row.length);
        }
        double target = row[row.length - 1];
        // A missing target is refused at the end of the table, with the number of rows that have none.
        int part = dealer.next(isText.test(row.length - 1) && !Double.isNaN(target) ? (int) target : 0);
        writer.write(part, row);
        summaries.get(part).add(row, isText);
        if (++passed % EVERY == 0) {
            everySome.run();
        }
    }

    private RowFile.Writer begin(int length) throws IOException {
        cells = length;
        int sampled = Math.max(1, SAMPLED_CELLS / length / parts);
        IntStream.range(0, parts)
                .mapToObj(part -> new PartSummary(length - 1, sampled, seed + part))
                .forEach(summaries::add);
        return new RowFile(rows, length).writer();
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
        }
    }
}
