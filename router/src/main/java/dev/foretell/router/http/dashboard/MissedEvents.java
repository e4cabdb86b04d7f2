package dev.foretell.router.http.dashboard;

import dev.foretell.router.events.Event;
import dev.foretell.router.events.EventId;
import dev.foretell.router.events.EventLog;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads from the store what streams have missed: one page at a time for all of them, so that a thousand dashboards that come
 * back at once neither hold up the store's other users nor the calls. Those that wait for the same page share it. Thread-safe.
 */
final class MissedEvents {
    private static final int PAGE = 50;
    /** Those of the events in memory, a few times over. */
    private static final int MAX_KEPT = 64;

    /**
     * The events after an id.
     *
     * @param newest the id of the last of them, or the beginning of a store that has none; null if nothing follows the id
     * @param isFull whether more may follow
     */
    record Page(@Nullable String newest, boolean isFull, Buffer changes) {
        private static Page of(List<Event> events) {
            return new Page(
                    events.isEmpty() ? null : events.get(events.size() - 1).id(),
                    events.size() == PAGE,
                    EventStream.changes(events));
        }
    }

    private record Wanted(String after, Handler<AsyncResult<Page>> then) {}

    private final Vertx vertx;
    private final EventLog log;
    private final Map<Object, Wanted> waiting = new LinkedHashMap<>();
    /** Full pages, by the event before them: nothing comes to them any more. */
    private final Map<String, Page> kept = new LinkedHashMap<>();

    private boolean isReading;

    MissedEvents(Vertx vertx, EventLog log) {
        this.vertx = vertx;
        this.log = log;
    }

    /** Reads the page after an id for a stream; the read begins after this call. The handler runs on any thread. */
    void read(Object reader, String after, Handler<AsyncResult<Page>> then) {
        Page page;
        synchronized (this) {
            page = kept.get(after);
            if (page == null) {
                waiting.put(reader, new Wanted(after, then));
            }
        }
        if (page == null) {
            readNext();
        } else {
            then.handle(Future.succeededFuture(page));
        }
    }

    /** The reader has left: there is nothing to read for it. */
    synchronized void forget(Object reader) {
        waiting.remove(reader);
    }

    private void readNext() {
        List<Wanted> next = takeNext();
        if (!next.isEmpty()) {
            Future.succeededFuture(next.get(0).after())
                    .compose(after -> log.after(after, PAGE))
                    .compose(events -> events.isEmpty() ? nothing() : page(events))
                    .onComplete(page -> {
                        synchronized (this) {
                            isReading = false;
                            keep(next.get(0).after(), page.succeeded() ? page.result() : null);
                        }
                        next.forEach(wanted -> wanted.then().handle(page));
                        readNext();
                    });
        }
    }

    private void keep(String after, @Nullable Page page) {
        if (page != null && page.isFull()) {
            kept.put(after, page);
            if (kept.size() > MAX_KEPT) {
                kept.remove(kept.keySet().iterator().next());
            }
        }
    }

    private Future<Page> page(List<Event> events) {
        return vertx.executeBlocking(() -> Page.of(events), false);
    }

    /** Nothing follows the id; a store without any event has lost that one, and begins anew. */
    private Future<Page> nothing() {
        return log.before("", 1)
                .map(newest -> new Page(newest.isEmpty() ? EventId.BEGINNING : null, false, Buffer.buffer()));
    }

    /** Those that want the same page as the one that has waited longest; none while a read is under way. */
    private synchronized List<Wanted> takeNext() {
        List<Wanted> same = new ArrayList<>();
        Iterator<Wanted> each = waiting.values().iterator();
        while (!isReading && each.hasNext()) {
            Wanted wanted = each.next();
            if (same.isEmpty() || same.get(0).after().equals(wanted.after())) {
                same.add(wanted);
                each.remove();
            }
        }
        isReading |= !same.isEmpty();
        return same;
    }
}
