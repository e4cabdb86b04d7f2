package dev.foretell.worker.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.worker.training.ServedModel;
import dev.foretell.worker.training.table.Features;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** What Spark's own model answers, compared with the served file. */
final class SparkAnswers {
    /** Where two classes are as likely but for the last digits of a sum, either is right. */
    private static final double TIE = 1e-6;

    private final List<Row> answers;

    /** @param encoded rows as the model reads them */
    SparkAnswers(SparkSession session, Transformer model, double[][] encoded) {
        List<Row> rows = new ArrayList<>();
        for (double[] row : encoded) {
            rows.add(RowFactory.create(Vectors.dense(row)));
        }
        answers = model.transform(session.createDataFrame(
                        rows, new StructType().add(RowFrame.FEATURES, SQLDataTypes.VectorType())))
                .collectAsList();
    }

    /** @param classes in their order; none for numbers */
    void assertServedBy(ServedModel served, Features rows, List<String> classes) throws Exception {
        if (classes.isEmpty()) {
            float[][] numbers = served.numbers(rows, "prediction");
            for (int i = 0; i < numbers.length; i++) {
                assertClose(numbers[i][0], answers.get(i).getAs("prediction"), i);
            }
            return;
        }
        String[] labels = served.labels(rows);
        float[][] probabilities = served.numbers(rows, "probabilities");
        for (int i = 0; i < labels.length; i++) {
            Vector own = answers.get(i).getAs("probability");
            for (int j = 0; j < own.size(); j++) {
                assertClose(probabilities[i][j], own.apply(j), i);
            }
            String expected = classes.get((int) (double) answers.get(i).<Double>getAs("prediction"));
            if (!isTie(own, expected, labels[i], classes)) {
                assertThat(labels[i]).as("row " + i).isEqualTo(expected);
            }
        }
    }

    private static boolean isTie(Vector own, String expected, String label, List<String> classes) {
        return Math.abs(own.apply(classes.indexOf(expected)) - own.apply(classes.indexOf(label))) < TIE;
    }

    private static void assertClose(float served, double own, int row) {
        assertThat(Math.abs(served - own))
                .as("row %s: %s for %s", row, served, own)
                .isLessThanOrEqualTo(1e-5 * Math.abs(own) + 1e-30);
    }
}
