package dev.foretell.worker.training.job;

import dev.foretell.worker.training.table.NumberTarget;
import dev.foretell.worker.training.table.Target;
import java.util.Arrays;
import java.util.Optional;

/** Tells whoever orders a regression on a few whole numbers, such as 0 and 1, how they are learned as classes. */
final class TargetHint {
    private static final int MOST_CLASSES = 10;

    private TargetHint() {}

    /** Empty where the target holds classes, or numbers that do not look like names of classes. */
    static Optional<String> of(Target target) {
        if (!(target instanceof NumberTarget numbers)
                || !Arrays.stream(numbers.values()).allMatch(value -> value == Math.rint(value))) {
            return Optional.empty();
        }
        long different = Arrays.stream(numbers.values())
                .distinct()
                .limit(MOST_CLASSES + 1)
                .count();
        return different > MOST_CLASSES
                ? Optional.empty()
                : Optional.of("the target '" + target.name() + "' has " + different
                        + " different whole numbers, and the model predicts numbers between them as well: if they are names"
                        + " of classes, say so (parameters.categories, --category " + target.name() + ")");
    }
}
