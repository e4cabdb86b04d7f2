package dev.foretell.router.store.connection;

/**
 * The availability of the store.
 *
 * @param reason why it refuses writes, for everyone to read; empty if there is nothing to add
 */
public record Availability(State state, String reason) {
    /** Whether Redis responds and accepts writes. */
    public enum State {
        UP,
        /** It responds and can be read, but refuses writes. */
        REFUSING,
        AWAY
    }

    static final Availability UP = new Availability(State.UP, "");
    static final Availability AWAY = new Availability(State.AWAY, "");

    static Availability readOnly(String reason) {
        return new Availability(State.REFUSING, reason);
    }

    public boolean takesWrites() {
        return state == State.UP;
    }

    boolean takesReads() {
        return state != State.AWAY;
    }

    /** For the caller of a failed command. */
    public String sentence() {
        return "the state store " + (state == State.REFUSING ? "takes no writes: " + reason : "is away")
                + "; nothing was changed";
    }
}
