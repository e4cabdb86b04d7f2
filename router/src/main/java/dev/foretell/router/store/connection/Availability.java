package dev.foretell.router.store.connection;

/**
 * What can be had of the store now.
 *
 * @param reason why it takes no writes, for everybody to read; empty where there is no more to say
 */
public record Availability(State state, String reason) {
    /** Whether Redis answers, and takes writes. */
    public enum State {
        UP,
        /** It answers and can be read, but takes no writes. */
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

    /** For whoever asked in vain. */
    String sentence() {
        return "the state store " + (state == State.REFUSING ? "takes no writes: " + reason : "is away")
                + "; nothing was changed";
    }
}
