package dev.foretell.router.http.dashboard;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.events.Event;
import dev.foretell.router.events.EventId;
import dev.foretell.router.events.EventLog;
import dev.foretell.router.http.message.BackgroundWork;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds events in the store, page by page; while that is away, among those in memory. */
record EventSearch(EventLog log, BackgroundWork work) {
    private static final int PAGE = 500;
    private static final int MAX_PAGES = 25;

    /**
     * Which events.
     *
     * @param text in lower case; empty for all
     * @param since an id: only later ones; empty for all
     * @param before an id: only earlier ones; empty for all
     */
    record Query(String text, String since, String before, int limit) {
        private boolean isLater(Event event) {
            String id = event.id();
            return since.isEmpty() || id == null || EventId.compare(id, since) > 0;
        }

        private boolean isEarlier(Event event) {
            String id = event.id();
            return before.isEmpty() || (id != null && EventId.compare(id, before) < 0);
        }

        private boolean isWanted(Event event) {
            return isLater(event) && isEarlier(event) && (text.isEmpty() || event.mentions(text));
        }
    }

    /**
     * The response of {@code GET /v1/events}.
     *
     * @param items the newest first
     * @param note what may be missing, and why; null if nothing is
     */
    record Found(List<Event> items, @Nullable String note) {}

    Future<Found> find(Query query) {
        return work.answer(() -> more(query, query.before(), new ArrayList<>(), MAX_PAGES)
                .map(found -> new Found(found, null))
                .recover(failure -> fromMemory(query, failure)));
    }

    private Future<List<Event>> more(Query query, String before, List<Event> found, int pages) {
        int size = query.text().isEmpty() ? Math.min(PAGE, query.limit()) : PAGE;
        return log.before(before, size)
                .compose(page -> work.run(() -> add(query, page, found)).compose(isOver -> {
                    String next =
                            page.isEmpty() ? null : page.get(page.size() - 1).id();
                    return isOver || page.size() < size || pages <= 1 || next == null
                            ? Future.succeededFuture(found)
                            : more(query, next, found, pages - 1);
                }));
    }

    /** Whether there is nothing more to look for. */
    private static boolean add(Query query, List<Event> page, List<Event> found) {
        for (Event event : page) {
            if (found.size() == query.limit() || !query.isLater(event)) {
                return true;
            }
            if (query.isWanted(event)) {
                found.add(event);
            }
        }
        return found.size() == query.limit();
    }

    private Future<Found> fromMemory(Query query, Throwable failure) {
        if (!(failure instanceof ServingException known) || known.kind() != FailureKind.STATE_STORE_UNAVAILABLE) {
            return Future.failedFuture(failure);
        }
        List<Event> found = log.known().stream()
                .filter(query::isWanted)
                .limit(query.limit())
                .toList();
        return Future.succeededFuture(
                new Found(found, "the state store is away: these are the events that this router has in memory"));
    }
}
