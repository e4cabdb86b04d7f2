package dev.foretell.router.admission;

/** How the calls in flight to a model are bounded, by the name that the configuration uses, in lower case. */
public enum LimitKind {
    /** Not at all. */
    NONE,
    /** By a number. */
    FIXED,
    /** By a number that follows the time that calls take. */
    ADAPTIVE;

    /** @param most what the limit may be at most */
    ConcurrencyLimit create(int most) {
        return switch (this) {
            case NONE -> new FixedLimit(Integer.MAX_VALUE);
            case FIXED -> new FixedLimit(most);
            case ADAPTIVE -> new AdaptiveLimit(most);
        };
    }
}
