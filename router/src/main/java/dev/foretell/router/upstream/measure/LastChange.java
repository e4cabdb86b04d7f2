package dev.foretell.router.upstream.measure;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * When something last changed, if ever.
 *
 * @param nanos on the monotonic clock; meaningless if it never changed
 */
public record LastChange(boolean happened, long nanos) {
    public static final LastChange NEVER = new LastChange(false, 0);

    private static final Comparator<LastChange> BY_TIME = Comparator.comparing(LastChange::happened)
            .thenComparing((one, other) -> Long.signum(one.nanos - other.nanos));

    public static LastChange at(long nanos) {
        return new LastChange(true, nanos);
    }

    /** The later of two. */
    public LastChange or(LastChange other) {
        return BY_TIME.compare(this, other) >= 0 ? this : other;
    }

    /**
     * The last change of a condition that must hold for all: when the last one began to hold, or the first one ceased
     * to.
     */
    public static <T> LastChange ofAll(List<T> all, Predicate<T> holds, Function<T, LastChange> of) {
        return all.stream()
                .filter(holds.negate())
                .map(of)
                .min(BY_TIME)
                .orElseGet(() -> all.stream().map(of).max(BY_TIME).orElse(NEVER));
    }
}
