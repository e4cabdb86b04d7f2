package dev.foretell.router.events;

import dev.foretell.commons.failure.FailureKind;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of all routers, kept in the store. Recording takes a short lock and never waits; {@link #exchange} stores what
 * was recorded and reads what others did. While the store is unavailable, the last {@link #MAX_WAITING} events wait. The
 * last {@link #MAX_KNOWN} are in memory. Thread-safe.
 */
public final class EventLog {
    public static final int MAX_WAITING = 1_000;
    public static final int MAX_KNOWN = 1_000;

    private static final int AT_ONCE = 100;
    private static final int PAGE = 500;
    private static final Logger LOG = LoggerFactory.getLogger(EventLog.class);

    /** Keeps the last events of all routers; all methods fail with {@link FailureKind#STATE_STORE_UNAVAILABLE}. */
    public interface Store {
        /**
         * Appends events in order. Repeating a sequence number (after a timeout with an unknown outcome) appends nothing.
         *
         * @param sequence increases with each new list of this router process
         */
        Future<Void> append(long sequence, List<Event> events);

        /** The first events after this id, in order. */
        Future<List<Event>> after(String id, int limit);

        /** The last events before this id, or of all if it is empty; the newest first. */
        Future<List<Event>> before(String id, int limit);
    }

    private final Store store;
    private final Deque<Event> waiting = new ArrayDeque<>();
    private final Deque<Event> known = new ArrayDeque<>();
    private final List<BiConsumer<String, List<Event>>> listeners = new CopyOnWriteArrayList<>();
    private List<Event> unconfirmed = List.of();
    private long sequence;
    private long lost;
    private @Nullable String last;

    public EventLog(Store store) {
        this.store = store;
    }

    /**
     * Calls the listener with new events in order, and the id before the first of them: {@link EventId#BEGINNING} where the store
     * begins anew.
     */
    public void onEvents(BiConsumer<String, List<Event>> listener) {
        listeners.add(listener);
    }

    /** Records an event; the oldest that wait for the store make room. */
    public synchronized void record(Event event) {
        if (waiting.size() >= MAX_WAITING) {
            waiting.removeFirst();
            lost++;
        }
        waiting.addLast(event);
    }

    /** Stores what waits, and reads what is new. Call it about once a second; one call at a time. */
    public Future<Void> exchange() {
        return begin().compose(v -> append()).compose(v -> read());
    }

    /** At first, reads the newest events, so that they are in memory. */
    private Future<Void> begin() {
        if (lastId() != null) {
            return Future.succeededFuture();
        }
        return store.before("", MAX_KNOWN).map(newest -> {
            List<Event> inOrder = new ArrayList<>(newest);
            Collections.reverse(inOrder);
            synchronized (this) {
                last = EventId.BEGINNING;
            }
            add(inOrder);
            return null;
        });
    }

    private Future<Void> append() {
        List<Event> batch = take();
        if (batch.isEmpty()) {
            return Future.succeededFuture();
        }
        return store.append(sequence, batch).compose(v -> {
            synchronized (this) {
                unconfirmed = List.of();
            }
            return append();
        });
    }

    private synchronized List<Event> take() {
        if (unconfirmed.isEmpty() && !waiting.isEmpty()) {
            List<Event> batch = new ArrayList<>();
            while (!waiting.isEmpty() && batch.size() < AT_ONCE) {
                batch.add(waiting.removeFirst());
            }
            unconfirmed = batch;
            sequence++;
            if (lost > 0) {
                LOG.warn("{} events were lost because the store was away too long", lost);
                lost = 0;
            }
        }
        return unconfirmed;
    }

    private Future<Void> read() {
        String from = lastId();
        return store.after(from == null ? EventId.BEGINNING : from, PAGE).compose(fresh -> {
            if (!fresh.isEmpty()) {
                add(fresh);
                String before = isAnew(from, fresh.get(0).id()) ? EventId.BEGINNING : from;
                listeners.forEach(listener -> listener.accept(before, fresh));
            }
            return fresh.size() < PAGE ? Future.succeededFuture() : read();
        });
    }

    /** Whether the store has lost its events, and its clock has gone back since. */
    private static boolean isAnew(@Nullable String from, @Nullable String first) {
        return from == null || first == null || EventId.compare(first, from) <= 0;
    }

    private synchronized void add(List<Event> fresh) {
        for (Event event : fresh) {
            known.addLast(event);
            if (known.size() > MAX_KNOWN) {
                known.removeFirst();
            }
            last = event.id();
        }
    }

    /** The id of the last event that is in memory; null before the store has answered. */
    public synchronized @Nullable String lastId() {
        return last;
    }

    /** The oldest event in memory, where older ones are in the store alone; empty where there are none, or few. */
    public synchronized Optional<String> horizon() {
        return known.size() < MAX_KNOWN
                ? Optional.empty()
                : Optional.ofNullable(known.getFirst().id());
    }

    /** The events in memory, the newest first, those that wait for the store included. */
    public synchronized List<Event> known() {
        List<Event> all = new ArrayList<>(known);
        all.addAll(unconfirmed);
        all.addAll(waiting);
        Collections.reverse(all);
        return all;
    }

    /** The first stored events after this id, in order. */
    public Future<List<Event>> after(String id, int limit) {
        return store.after(id, limit);
    }

    /** The last stored events before this id, or of all if it is empty; the newest first. */
    public Future<List<Event>> before(String id, int limit) {
        return store.before(id, limit);
    }
}
