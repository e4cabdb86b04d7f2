package dev.foretell.router.upstream;

/**
 * How a call differs from the usual one.
 *
 * @param events whether the caller wants server-sent events, where the answer is a stream
 */
public record CallForm(boolean events) {
    /** Media type of server-sent events. */
    public static final String EVENTS_TYPE = "text/event-stream";

    public static final CallForm EVENTS = new CallForm(true);
}
