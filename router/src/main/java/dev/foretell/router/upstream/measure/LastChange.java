package dev.foretell.router.upstream.measure;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * When something last changed, if it ever did.
 *
 * @param nanos of the monotonic clock; without meaning where it never did
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

    /** When it last changed whether something holds for all of one or more: once it held for the last, or not for the first. */
    public static <T> LastChange ofAll(List<T> all, Predicate<T> holds, Function<T, LastChange> of) {
        return all.stream()
                .filter(holds.negate())
                .map(of)
                .min(BY_TIME)
                .orElseGet(() -> all.stream().map(of).max(BY_TIME).orElse(NEVER));
    }
}
