package dev.foretell.worker.training.table;

/**
 * Rows with known targets. They are checked: there are enough rows, no column is empty, and the target varies.
 *
 * @param sha256 the digest of the CSV, in hexadecimal
 */
public record Table(Features features, Target target, String sha256) {
    public int rows() {
        return features.rows();
    }

    public Table select(int[] rows) {
        return new Table(features.select(rows), target.select(rows), sha256);
    }
}
