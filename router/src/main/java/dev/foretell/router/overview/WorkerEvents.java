package dev.foretell.router.overview;

import dev.foretell.commons.identity.Counted;
import dev.foretell.router.events.Event;
import dev.foretell.router.events.EventKind;
import dev.foretell.router.events.EventLog;
import dev.foretell.router.health.RoutingObstacle;
import dev.foretell.router.upstream.pool.Endpoint;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Records the changes of workers' states, in words.
 *
 * @param why why a worker gets no calls or less than its share; null if it gets its share
 */
record WorkerEvents(EventLog log, Function<Endpoint, @Nullable String> why) {
    /** When thousands of workers change at once, the others share one event. */
    private static final int AT_ONCE = 50;

    void record(Instant at, List<WorkerWatch.Move> moves) {
        moves.stream().limit(AT_ONCE).forEach(move -> log.record(event(at, move)));
        if (moves.size() > AT_ONCE) {
            log.record(Event.of(
                    EventKind.WORKER,
                    at,
                    Counted.of(moves.size() - AT_ONCE, "more worker") + " changed their state within a second",
                    Event.Change.NONE));
        }
    }

    private Event event(Instant at, WorkerWatch.Move move) {
        return Event.of(
                EventKind.WORKER,
                at,
                what(move),
                new Event.Change(word(move.before()), move.after() == null ? "" : word(move.after())));
    }

    private String what(WorkerWatch.Move move) {
        String worker = move.endpoint().worker() + " of " + move.endpoint().model();
        RoutingObstacle after = move.after();
        if (after == null) {
            return worker + " left the map";
        }
        if (move.before() == null) {
            return worker + " joined the map";
        }
        String reason = why.apply(move.endpoint());
        return worker + " " + verb(after) + (reason == null || after == RoutingObstacle.READY ? "" : ": " + reason);
    }

    private static String verb(RoutingObstacle state) {
        return switch (state) {
            case JOINING -> "waits for its first probe";
            case DOWN -> "is down";
            case DRAINING -> "is drained";
            case LOST -> "lost its lease";
            case WARMING -> "warms up";
            case EJECTED -> "is ejected";
            case SUSPECTED -> "is suspected";
            case READY -> "takes calls";
        };
    }

    private static String word(@Nullable RoutingObstacle state) {
        return state == null ? "" : state.name().toLowerCase(Locale.ROOT);
    }
}
