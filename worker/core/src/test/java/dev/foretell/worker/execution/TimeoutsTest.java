package dev.foretell.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class TimeoutsTest {
    private static final Vertx VERTX = Vertx.vertx();

    private final Context loop = VERTX.getOrCreateContext();
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 3); // overflows
    private final Timeouts timeouts = new Timeouts(VERTX, now::get);
    private final List<String> gone = new CopyOnWriteArrayList<>();

    @AfterAll
    static void close() {
        VERTX.close();
    }

    private Timeouts.Timeout set(long nanos, String name) {
        return timeouts.in(nanos, () -> gone.add(name));
    }

    private void onLoop(Consumer<Timeouts> step) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.runOnContext(v -> {
            step.accept(timeouts);
            done.complete(null);
        });
        done.join();
    }

    private void awaitGone(String... names) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(gone).containsExactly(names));
    }

    @Test
    void goOffWhenTheyAreDueAndNotBefore() {
        onLoop(all -> {
            set(10, "late");
            set(0, "now");
            set(5, "soon");
        });
        awaitGone("now");

        now.addAndGet(5);
        awaitGone("now", "soon");

        now.addAndGet(5);
        awaitGone("now", "soon", "late");
    }

    @Test
    void thoseThatAreCancelledNeverGoOff() {
        onLoop(all -> {
            set(0, "one");
            Timeouts.Timeout cancelled = set(0, "cancelled");
            set(0, "two");
            cancelled.cancel();
            cancelled.cancel();
        });

        awaitGone("one", "two");
    }

    @Test
    void cancellingOneThatWentOffHarmsNoOther() {
        CompletableFuture<Timeouts.Timeout> first = new CompletableFuture<>();
        onLoop(all -> {
            first.complete(set(0, "first"));
            set(7, "second");
        });
        awaitGone("first");

        onLoop(all -> first.join().cancel());
        now.addAndGet(7);

        awaitGone("first", "second");
    }

    @Test
    void anActionMaySetTheNext() {
        onLoop(all -> all.in(0, () -> {
            gone.add("first");
            set(0, "second");
        }));

        awaitGone("first", "second");
    }

    @Test
    void theyWorkAgainAfterThereWereNone() {
        onLoop(all -> set(0, "first"));
        awaitGone("first");

        onLoop(all -> set(0, "second"));

        awaitGone("first", "second");
    }
}
