package dev.foretell.router.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What waits while the store is away. */
class EventLogTest {
    private final List<Event> stored = new ArrayList<>();
    private boolean isAway;

    private final EventLog log = new EventLog(new EventLog.Store() {
        @Override
        public Future<Void> append(long sequence, List<Event> events) {
            return answer(() -> {
                        for (Event event : events) {
                            stored.add(event.withId(1 + stored.size() + "-0"));
                        }
                    })
                    .mapEmpty();
        }

        @Override
        public Future<List<Event>> after(String id, int limit) {
            return answer(() -> {})
                    .map(v -> stored.stream()
                            .filter(event -> EventId.compare(String.valueOf(event.id()), id) > 0)
                            .limit(limit)
                            .toList());
        }

        @Override
        public Future<List<Event>> before(String id, int limit) {
            return answer(() -> {}).map(v -> List.of());
        }
    });

    private Future<?> answer(Runnable step) {
        if (isAway) {
            return Future.failedFuture(new ServingException(FailureKind.STATE_STORE_UNAVAILABLE, "away"));
        }
        step.run();
        return Future.succeededFuture();
    }

    private void record(String what) {
        log.record(Event.of(EventKind.ROUTER, Instant.EPOCH, what, Event.Change.NONE));
    }

    @Test
    void whatHappenedWhileTheStoreWasAwayIsStoredInOrder() {
        isAway = true;
        record("one");
        log.exchange();
        record("two");
        log.exchange();
        assertThat(log.known()).extracting(Event::what).containsExactly("two", "one");

        isAway = false;
        log.exchange();

        assertThat(stored).extracting(Event::what).containsExactly("one", "two");
        assertThat(log.known()).extracting(Event::id).containsExactly("2-0", "1-0");
    }

    @Test
    void theOldestThatWaitMakeRoom() {
        isAway = true;
        for (int i = 0; i < EventLog.MAX_WAITING + 5; i++) {
            record("event " + i);
        }

        assertThat(log.known()).hasSize(EventLog.MAX_WAITING);
        isAway = false;
        log.exchange();

        assertThat(stored.get(0).what()).isEqualTo("event 5");
        assertThat(log.known()).hasSize(EventLog.MAX_KNOWN);
        for (int i = 0; i < 2 * EventLog.MAX_KNOWN; i++) {
            record("later " + i);
            log.exchange();
        }
        assertThat(log.known()).hasSize(EventLog.MAX_KNOWN);
    }

    @Test
    void longTextsAreCut() {
        Event event =
                Event.of(EventKind.OTHER, Instant.EPOCH, "x".repeat(5000), new Event.Change("y".repeat(5000), ""));

        assertThat(event.what()).hasSize(401).endsWith("…");
        assertThat(event.change().before()).hasSize(401);
        assertThat(event.mentions("XX")).isTrue();
        assertThat(event.mentions("q")).isFalse();
    }
}
