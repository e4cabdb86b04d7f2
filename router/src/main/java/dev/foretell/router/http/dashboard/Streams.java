package dev.foretell.router.http.dashboard;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.events.Event;
import dev.foretell.router.events.EventLog;
import dev.foretell.router.overview.Changed;
import dev.foretell.router.overview.Observer;
import dev.foretell.router.overview.Overview;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The open streams of all event loops. Whatever they get is computed and encoded once for all of them; without a stream,
 * nothing is. Thread-safe.
 */
public final class Streams {
    private static final int MAX_NAMED = 100;

    private final EventLog log;
    private final MissedEvents missed;
    private final Limits limits;
    private final AtomicInteger count = new AtomicInteger();
    private final List<OfLoop> loops = new CopyOnWriteArrayList<>();
    private final AtomicBoolean isClosed = new AtomicBoolean();

    /**
     * The bounds of streams.
     *
     * @param maxStreams further ones are refused
     * @param maxUnreadBytes a stream whose caller leaves more unread ends
     */
    public record Limits(int maxStreams, int maxUnreadBytes) {}

    /** Models or workers that changed; all of them may have, if there are too many to name. */
    private record Names(Set<String> ids, boolean all) {
        static Names of(Set<String> ids) {
            return ids.size() > MAX_NAMED ? new Names(Set.of(), true) : new Names(ids, false);
        }
    }

    public Streams(Vertx vertx, Observer observer, EventLog log, Limits limits) {
        this.log = log;
        this.missed = new MissedEvents(vertx, log);
        this.limits = limits;
        observer.onLook(this::onLook);
        log.onEvents(this::onEvents);
    }

    /** The streams of one event loop, whose context this is. */
    public OfLoop on(Vertx vertx) {
        OfLoop loop = new OfLoop(vertx.getOrCreateContext());
        loops.add(loop);
        vertx.setPeriodic(10_000, timer -> loop.readers.forEach(reader -> reader.write(EventStream.HEARTBEAT)));
        return loop;
    }

    private void onLook(Overview overview, Changed changed) {
        if (count.get() == 0) {
            return;
        }
        Buffer names = Buffer.buffer();
        if (!changed.models().isEmpty()) {
            names.appendBuffer(EventStream.event("models", Names.of(changed.models())));
        }
        if (!changed.workers().isEmpty()) {
            names.appendBuffer(EventStream.event("workers", Names.of(changed.workers())));
        }
        Map<Role, Buffer> byRole = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            byRole.put(role, names.copy().appendBuffer(overview(overview, role)));
        }
        toAll(reader -> reader.write(byRole.getOrDefault(reader.role(), names)));
    }

    static Buffer overview(Overview overview, Role role) {
        return EventStream.event("overview", OverviewView.of(overview, role));
    }

    private void onEvents(String from, List<Event> events) {
        if (count.get() > 0) {
            String last = events.get(events.size() - 1).id();
            Buffer text = EventStream.changes(events);
            toAll(reader -> reader.take(from, last == null ? from : last, text));
        }
    }

    private void toAll(Consumer<StreamReader> action) {
        loops.forEach(
                loop -> loop.context.runOnContext(v -> List.copyOf(loop.readers).forEach(action)));
    }

    /** Ends all streams, because the router stops, and refuses new ones. Only the first call acts: later the event loops are gone. */
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            toAll(StreamReader::end);
        }
    }

    /** The number of open streams. */
    public int size() {
        return count.get();
    }

    /** The streams of one event loop; confined to it. */
    public final class OfLoop {
        private final Context context;
        private final Set<StreamReader> readers = new HashSet<>();

        private OfLoop(Context context) {
            this.context = context;
        }

        EventLog log() {
            return log;
        }

        MissedEvents missed() {
            return missed;
        }

        int maxUnreadBytes() {
            return limits.maxUnreadBytes();
        }

        /** @throws ServingException {@link FailureKind#TOO_MANY_STREAMS}, or {@link FailureKind#DRAINING} */
        void add(StreamReader reader) {
            if (isClosed.get()) {
                throw new ServingException(FailureKind.DRAINING, "the router stops");
            }
            if (count.incrementAndGet() > limits.maxStreams()) {
                count.decrementAndGet();
                throw new ServingException(
                        FailureKind.TOO_MANY_STREAMS,
                        limits.maxStreams() + " streams are open, the maximum (http.max-streams);"
                                + " GET /v1/dashboard/overview has the same figures");
            }
            readers.add(reader);
        }

        void remove(StreamReader reader) {
            if (readers.remove(reader)) {
                count.decrementAndGet();
            }
        }
    }
}
