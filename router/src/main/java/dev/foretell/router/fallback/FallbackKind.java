package dev.foretell.router.fallback;

/** Where a fallback response comes from. */
public enum FallbackKind {
    /** The configuration. */
    DEFAULT,
    /** The last good response to the same input. */
    LAST_GOOD,
    /** Another model of the same type. */
    MODEL
}
