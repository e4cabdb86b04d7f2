package dev.foretell.router.fallback;

/** Where an answer that stands in for another comes from. */
public enum FallbackKind {
    /** The configuration. */
    DEFAULT,
    /** The last good answer to the same input. */
    LAST_GOOD,
    /** Another model of the same type. */
    MODEL
}
