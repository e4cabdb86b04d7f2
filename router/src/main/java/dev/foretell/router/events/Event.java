package dev.foretell.router.events;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something that changed, in words. It holds no secret and no payload.
 *
 * @param id its place in the order of all routers' events; null until it is stored
 * @param at when, ISO 8601 in UTC
 * @param what a sentence without a full stop
 */
public record Event(
        @Nullable String id,
        String at,
        EventKind kind,
        String what,
        @JsonUnwrapped Origin origin,
        @JsonUnwrapped Change change) {
    private static final int MAX_TEXT = 400;
    /** Ends of lines and other controls, and what turns the direction of writing: with them a text would pass for another event. */
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]+");

    /**
     * Who did it: the router itself, or a caller.
     *
     * @param from the address of a caller; empty for the router itself
     */
    public record Origin(String who, String from) {
        /** The router itself. */
        public static final Origin ROUTER = new Origin("router", "");

        public Origin {
            who = shorten(who);
            from = shorten(from);
        }
    }

    /** The state before and after, in words; empty where there is none. */
    public record Change(String before, String after) {
        public static final Change NONE = new Change("", "");

        public Change {
            before = shorten(before);
            after = shorten(after);
        }
    }

    public Event {
        at = shorten(at);
        Objects.requireNonNull(kind);
        what = shorten(what);
    }

    /** An event of the router itself that is not stored yet. */
    public static Event of(EventKind kind, Instant at, String what, Change change) {
        return new Event(null, text(at), kind, what, Origin.ROUTER, change);
    }

    /** A write that is not stored yet. */
    public static Event write(Instant at, String what, Origin origin, Change change) {
        return new Event(null, text(at), EventKind.WRITE, what, origin, change);
    }

    static String text(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** In the place of a stored event that cannot be read. */
    public static Event unreadable() {
        return of(EventKind.OTHER, Instant.EPOCH, "an event that this router cannot read", Change.NONE);
    }

    public Event withId(String stored) {
        return new Event(stored, at, kind, what, origin, change);
    }

    /** Whether one of its texts has this text in it, in upper or lower case. */
    public boolean mentions(String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return Stream.of(at, kind.name(), what, origin.who(), origin.from(), change.before(), change.after())
                .anyMatch(part -> part.toLowerCase(Locale.ROOT).contains(wanted));
    }

    /** On one line. Half a character, cut off here or received, becomes a question mark: it could not be stored. */
    private static String shorten(String text) {
        String whole = text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
        String line = CONTROLS.matcher(whole).replaceAll(" ");
        return new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
