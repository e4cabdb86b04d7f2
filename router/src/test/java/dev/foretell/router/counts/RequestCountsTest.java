package dev.foretell.router.counts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.WorkerId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestCountsTest {
    private static final ModelKey FIB = new ModelKey("AI", "fib");
    private static final WorkerId WORKER = new WorkerId("h", 1, 0);
    private static final CountKey KEY = new CountKey("AI", "fib", "h-1-0");

    /** Counts in memory that add a sequence once, and lose calls or answers where told to. */
    private static final class Kept implements RequestCounts.Store {
        final Map<CountKey, Long> totals = new HashMap<>();
        final List<Long> sequences = new ArrayList<>();
        boolean away;
        boolean losesAnswers;
        long last;

        @Nullable
        Promise<Map<CountKey, Long>> held;

        @Override
        public Future<Map<CountKey, Long>> load() {
            return Future.succeededFuture(Map.copyOf(totals));
        }

        @Override
        public Future<Map<CountKey, Long>> add(long sequence, Map<CountKey, Long> additions) {
            sequences.add(sequence);
            if (away) {
                return failed();
            }
            if (sequence > last) {
                last = sequence;
                additions.forEach((key, added) -> totals.merge(key, added, Long::sum));
            }
            Promise<Map<CountKey, Long>> answer = held;
            if (answer != null) {
                return answer.future();
            }
            return losesAnswers ? failed() : Future.succeededFuture(Map.copyOf(totals));
        }

        @Override
        public Future<Void> fold(Map<CountKey, CountKey> into) {
            into.forEach((from, to) -> {
                Long count = totals.remove(from);
                if (count != null) {
                    totals.merge(to, count, Long::sum);
                }
            });
            return Future.succeededFuture();
        }

        private static <T> Future<T> failed() {
            return Future.failedFuture(new ServingException(FailureKind.STATE_STORE_UNAVAILABLE, "as told"));
        }
    }

    private final Kept store = new Kept();
    private final RequestCounts counts = new RequestCounts(store);

    private void answered(int times) {
        for (int i = 0; i < times; i++) {
            counts.countResponse(FIB, "fib", WORKER);
        }
    }

    private long total() {
        return counts.totals().getOrDefault("fib", Map.of()).getOrDefault("h-1-0", 0L);
    }

    @Test
    void answersThatNoWorkerGaveAreCountedApart() {
        counts.countResponse(FIB, "fib", WORKER);
        counts.cacheHit(FIB, "fib");
        counts.cacheHit(FIB, "fib");
        counts.fellBack(FIB, "fib", "busy");

        assertThat(counts.totals()).isEqualTo(Map.of("fib", Map.of("h-1-0", 1L)));
        assertThat(counts.cacheHits()).isEqualTo(Map.of("fib", 2L));
        assertThat(counts.fallbacks()).isEqualTo(Map.of("fib", Map.of("busy", 1L)));
    }

    @Test
    void countsAtOnceAndStoresAtTheFlush() {
        answered(3);
        assertThat(total()).isEqualTo(3);
        assertThat(store.totals).isEmpty();

        counts.flush();
        assertThat(store.totals).containsEntry(KEY, 3L);
        assertThat(total()).isEqualTo(3);
    }

    @Test
    void nothingNewIsNotSent() {
        counts.flush();
        answered(1);
        counts.flush();
        counts.flush();

        assertThat(store.sequences).hasSize(1);
    }

    @Test
    void whatCouldNotBeStoredIsStoredLater() {
        answered(2);
        store.away = true;
        assertThat(counts.flush().failed()).isTrue();
        answered(5);
        assertThat(total()).isEqualTo(7);

        store.away = false;
        counts.flush();

        assertThat(store.totals).containsEntry(KEY, 7L);
        assertThat(total()).isEqualTo(7);
    }

    @Test
    void whatArrivedThoughItsAnswerWasLostIsNotAddedTwice() {
        answered(2);
        store.losesAnswers = true;
        counts.flush();
        answered(5);
        counts.flush();

        store.losesAnswers = false;
        counts.flush();
        counts.flush();

        assertThat(store.totals).containsEntry(KEY, 7L);
        assertThat(total()).isEqualTo(7);
    }

    @Test
    void aWorkerThatIsGoneForLongIsCountedWithTheOthersThatAre() {
        Duration tenMinutes = Duration.ofMinutes(10);
        answered(3);
        counts.flush();
        store.totals.put(new CountKey("AI", "fib", "_gone"), 4L);

        counts.foldAbsent(Set.of(), 0, tenMinutes);
        counts.foldAbsent(Set.of("h-1-0"), tenMinutes.toNanos() - 1, tenMinutes);
        counts.foldAbsent(Set.of(), tenMinutes.toNanos(), tenMinutes);
        assertThat(total()).isEqualTo(3);

        counts.foldAbsent(Set.of(), 2 * tenMinutes.toNanos(), tenMinutes);
        assertThat(counts.totals().get("fib")).isEqualTo(Map.of("_gone", 7L));
        assertThat(store.totals).isEqualTo(Map.of(new CountKey("AI", "fib", "_gone"), 7L));

        answered(1);
        counts.flush();
        assertThat(counts.totals().get("fib")).isEqualTo(Map.of("_gone", 7L, "h-1-0", 1L));
    }

    @Test
    void whatAnotherRouterHasFoldedIsNotShownTwice() {
        answered(3);
        counts.flush();

        store.fold(Map.of(KEY, new CountKey("AI", "fib", "_gone")));
        counts.load();

        assertThat(counts.totals().get("fib")).isEqualTo(Map.of("_gone", 3L));
    }

    @Test
    void oneFlushAtATime() {
        Promise<Map<CountKey, Long>> held = Promise.promise();
        store.held = held;
        answered(2);
        Future<Void> first = counts.flush();
        answered(1);
        Future<Void> second = counts.flush();

        assertThat(second).isSameAs(first);
        assertThat(store.sequences).hasSize(1);

        store.held = null;
        held.complete(Map.of(KEY, 2L));
        counts.flush();
        assertThat(store.totals).containsEntry(KEY, 3L);
    }

    @Test
    void goesOnFromWhatOtherRoutersStored() {
        store.totals.put(KEY, 40L);
        answered(2);
        counts.load();
        assertThat(total()).isEqualTo(42);

        counts.flush();
        assertThat(total()).isEqualTo(42);
        assertThat(store.totals).containsEntry(KEY, 42L);
    }

    @Test
    void idsThatNoModelHasAreBoundedAfterARestartToo() {
        for (int i = 0; i < 150; i++) {
            counts.countResponse(FIB, "unknown" + i, WORKER);
        }
        assertThat(counts.totals()).hasSize(101);
        assertThat(counts.totals().get("_other")).containsEntry("h-1-0", 50L);
        counts.flush();

        RequestCounts restarted = new RequestCounts(store);
        restarted.load();
        for (int i = 100; i < 250; i++) {
            restarted.countResponse(FIB, "unknown" + i, WORKER);
        }

        assertThat(restarted.totals()).hasSize(101);
    }

    @Test
    void idsThatNoModelCouldHaveAreNotKept() {
        counts.countResponse(FIB, "", WORKER);
        counts.countResponse(FIB, "a b", WORKER);
        counts.countResponse(FIB, "x".repeat(1000), WORKER);

        assertThat(counts.totals()).containsOnlyKeys("_other");
    }

    @Test
    void typesDoNotShareTheirUnknownIds() {
        for (int i = 0; i < 100; i++) {
            counts.countResponse(FIB, "unknown" + i, WORKER);
        }
        counts.countResponse(new ModelKey("B", "x"), "fresh", WORKER);

        assertThat(counts.totals()).containsKey("fresh");
    }
}
