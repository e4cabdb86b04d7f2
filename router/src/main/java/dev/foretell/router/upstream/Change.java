package dev.foretell.router.upstream;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * When something last changed, if it ever did.
 *
 * @param nanos of the monotonic clock; without meaning where it never did
 */
public record Change(boolean happened, long nanos) {
    public static final Change NEVER = new Change(false, 0);

    private static final Comparator<Change> BY_TIME =
            Comparator.comparing(Change::happened).thenComparing((one, other) -> Long.signum(one.nanos - other.nanos));

    public static Change at(long nanos) {
        return new Change(true, nanos);
    }

    /** The later of two. */
    public Change or(Change other) {
        return BY_TIME.compare(this, other) >= 0 ? this : other;
    }

    /** When it last changed whether something holds for all of one or more: once it held for the last, or not for the first. */
    public static <T> Change ofAll(List<T> all, Predicate<T> holds, Function<T, Change> of) {
        return all.stream()
                .filter(holds.negate())
                .map(of)
                .min(BY_TIME)
                .orElseGet(() -> all.stream().map(of).max(BY_TIME).orElse(NEVER));
    }
}
