package dev.foretell.worker.training.table;

/**
 * Rows with known answers, checked: there are enough of them, no column is empty, the target varies.
 *
 * @param sha256 of the bytes that it was read from, in hexadecimal
 */
public record Table(Features features, Target target, String sha256) {
    public int rows() {
        return features.rows();
    }

    public Table select(int[] rows) {
        return new Table(features.select(rows), target.select(rows), sha256);
    }
}
