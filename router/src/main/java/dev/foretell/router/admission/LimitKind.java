package dev.foretell.router.admission;

/** The kinds of limits by their names in the configuration, in lower case. */
public enum LimitKind {
    /** No limit. */
    NONE,
    /** A fixed number. */
    FIXED,
    /** A number that follows the duration of calls. */
    ADAPTIVE;

    /** @param most the maximum of the limit */
    ConcurrencyLimit create(int most) {
        return switch (this) {
            case NONE -> new FixedLimit(Integer.MAX_VALUE);
            case FIXED -> new FixedLimit(most);
            case ADAPTIVE -> new AdaptiveLimit(most);
        };
    }
}
