package dev.foretell.worker.training.engine;

import dev.foretell.worker.training.prepare.RowEncoder;
import dev.foretell.worker.training.table.Target;
import java.util.Arrays;

/**
 * The rows that a model is to learn from.
 *
 * @param file all rows
 * @param withoutPart the part that is held out; {@link #NONE} for none
 * @param count how many rows there are without it
 * @param encoder converts the features of a row to what the model reads
 * @param target what is to be predicted, without rows
 * @param classes the class of each text of the target by its index in the file; empty for numbers
 */
public record TrainingRows(
        RowFile file, int withoutPart, long count, RowEncoder encoder, Target target, int[] classes) {
    public static final int NONE = -1;

    /** The number of classes, or 1 for numbers. */
    public int outputs() {
        return target.outputs();
    }

    /** A copy. */
    @Override
    public int[] classes() {
        return Arrays.copyOf(classes, classes.length);
    }
}
