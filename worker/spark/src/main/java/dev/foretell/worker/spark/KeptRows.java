package dev.foretell.worker.spark;

import dev.foretell.worker.training.engine.RowFile;
import org.apache.spark.api.java.function.Function;

/** Passes all rows but those of one part; runs in Spark's executors. */
record KeptRows(int withoutPart) implements Function<byte[], Boolean> {
    @Override
    public Boolean call(byte[] rowRecord) {
        return RowFile.part(rowRecord) != withoutPart;
    }
}
