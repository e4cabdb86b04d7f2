package dev.foretell.router.http.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.events.Event;
import dev.foretell.router.events.EventKind;
import dev.foretell.router.events.EventLog;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MissedEventsTest {
    private final Vertx vertx = Vertx.vertx();
    private volatile boolean isStoreEmpty;
    private final BlockingQueue<Read> reads = new LinkedBlockingQueue<>();
    private final Map<String, BlockingQueue<AsyncResult<MissedEvents.Page>>> pages = new ConcurrentHashMap<>();
    private final MissedEvents missed = new MissedEvents(vertx, new EventLog(new EventLog.Store() {
        @Override
        public Future<Void> append(long sequence, List<Event> events) {
            throw new AssertionError("nothing is recorded");
        }

        @Override
        public Future<List<Event>> after(String id, int limit) {
            Read read = new Read(id, Promise.promise());
            reads.add(read);
            return read.events.future();
        }

        @Override
        public Future<List<Event>> before(String id, int limit) {
            return Future.succeededFuture(isStoreEmpty ? List.of() : event("9-0"));
        }
    }));

    private record Read(String after, Promise<List<Event>> events) {}

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void want(String reader, String after) {
        missed.read(reader, after, page -> pages(reader).add(page));
    }

    private BlockingQueue<AsyncResult<MissedEvents.Page>> pages(String reader) {
        return pages.computeIfAbsent(reader, first -> new LinkedBlockingQueue<>());
    }

    private Read nextRead() throws InterruptedException {
        Read read = reads.poll(10, TimeUnit.SECONDS);
        assertThat(read).as("a read of the store").isNotNull();
        return read;
    }

    private AsyncResult<MissedEvents.Page> page(String reader) throws InterruptedException {
        AsyncResult<MissedEvents.Page> page = pages(reader).poll(10, TimeUnit.SECONDS);
        assertThat(page).as("the page of " + reader).isNotNull();
        return page;
    }

    private static List<Event> event(String id) {
        return List.of(Event.of(EventKind.ROUTER, Instant.EPOCH, "it happened", Event.Change.NONE)
                .withId(id));
    }

    @Test
    void readsOnePageAtATime() throws InterruptedException {
        want("one", "1-0");
        want("another", "2-0");

        Read first = nextRead();
        assertThat(reads).isEmpty();
        first.events.complete(event("3-0"));

        assertThat(page("one").result().newest()).isEqualTo("3-0");
        assertThat(nextRead().after).isEqualTo("2-0");
    }

    @Test
    void streamsThatWaitForTheSamePageShareIt() throws InterruptedException {
        want("first", "1-0");
        Read early = nextRead();
        want("second", "1-0");
        want("other", "2-0");
        want("third", "1-0");

        early.events.complete(List.of());
        nextRead().events.complete(event("3-0"));

        assertThat(page("first").result().newest()).isNull();
        assertThat(page("second").result()).isSameAs(page("third").result());
        assertThat(nextRead().after).isEqualTo("2-0");
    }

    @Test
    void aStoreWithoutEventsBeginsAnew() throws InterruptedException {
        isStoreEmpty = true;
        want("early", "99-0");

        nextRead().events.complete(List.of());

        assertThat(page("early").result().newest()).isEqualTo("0-0");
    }

    @Test
    void readsNothingForAStreamThatHasEnded() throws InterruptedException {
        want("first", "1-0");
        want("gone", "2-0");
        want("last", "3-0");

        missed.forget("gone");
        nextRead().events.complete(List.of());

        assertThat(nextRead().after).isEqualTo("3-0");
    }

    @Test
    void goesOnAfterAReadThatFails() throws InterruptedException {
        want("one", "1-0");
        want("another", "2-0");

        nextRead().events.fail(new ServingException(FailureKind.STATE_STORE_UNAVAILABLE, "away"));

        assertThat(page("one").failed()).isTrue();
        assertThat(nextRead().after).isEqualTo("2-0");
    }
}
