package dev.foretell.worker.spark;

import dev.foretell.worker.training.engine.RowFile;
import dev.foretell.worker.training.engine.TrainingRows;
import dev.foretell.worker.training.prepare.RowEncoder;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Makes rows for Spark of records; runs in its executors. */
final class RowDecoder implements Function<byte[], Row> {
    private static final long serialVersionUID = 1;

    private final RowEncoder encoder;
    private final int[] classes;

    RowDecoder(TrainingRows rows) {
        this.encoder = rows.encoder();
        this.classes = rows.classes();
    }

    @Override
    public Row call(byte[] rowRecord) {
        double[] cells = RowFile.cells(rowRecord);
        double target = cells[cells.length - 1];
        return RowFactory.create(
                classes.length == 0 ? target : (double) classes[(int) target],
                Vectors.dense(encoder.encode(cells)).compressed());
    }
}
