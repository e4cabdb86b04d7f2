package dev.foretell.worker.spark;

import dev.foretell.worker.training.engine.TrainingRows;
import dev.foretell.worker.training.table.TargetKind;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The rows of a training as Spark's algorithms want them: the columns {@code label} and {@code features}. */
final class RowFrame {
    static final String LABEL = "label";
    static final String FEATURES = "features";

    private RowFrame() {}

    static Dataset<Row> of(SparkSession session, TrainingRows rows) {
        JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
        JavaRDD<byte[]> records = context.binaryRecords(
                rows.file().path().toUri().toString(), rows.file().recordBytes());
        return session.createDataFrame(
                records.filter(new KeptRows(rows.withoutPart())).map(new RowDecoder(rows)), schema(rows));
    }

    private static StructType schema(TrainingRows rows) {
        return new StructType(new StructField[] {
            new StructField(LABEL, DataTypes.DoubleType, false, label(rows)),
            new StructField(FEATURES, SQLDataTypes.VectorType(), false, Metadata.empty())
        });
    }

    /** A class may have no row among those that are learned from; without a word Spark would count the classes that it sees. */
    private static Metadata label(TrainingRows rows) {
        return rows.target().kind() == TargetKind.CLASSIFICATION
                ? NominalAttribute.defaultAttr()
                        .withName(LABEL)
                        .withNumValues(rows.outputs())
                        .toMetadata()
                : Metadata.empty();
    }
}
