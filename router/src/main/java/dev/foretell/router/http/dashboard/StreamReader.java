package dev.foretell.router.http.dashboard;

import dev.foretell.router.events.EventId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One caller that reads the stream. It first gets what it missed since its last event, page by page, then what all others
 * get. A caller that does not read is cut off at a bound of bytes. Confined to its event loop.
 */
final class StreamReader {
    private static final Logger LOG = LoggerFactory.getLogger(StreamReader.class);

    private final HttpServerResponse response;
    private final Context context;
    private final Streams.OfLoop loop;
    private final Role role;
    private final Promise<Object> done = Promise.promise();
    private boolean isCatchingUp;
    private boolean isReading;
    private boolean hasNews;
    private String last = "";
    private String missedUpTo = "";
    private long unread;

    StreamReader(RoutingContext ctx, Streams.OfLoop loop, Role role) {
        this.response = ctx.response();
        this.context = ctx.vertx().getOrCreateContext();
        this.loop = loop;
        this.role = role;
    }

    /**
     * Runs until the caller leaves.
     *
     * @param first what every stream begins with
     * @param lastEventId the last event that the caller has; null if it wants only new ones
     */
    Future<Object> run(Buffer first, @Nullable String lastEventId) {
        loop.add(this);
        response.closeHandler(gone -> done.tryComplete(""));
        response.exceptionHandler(broken -> done.tryComplete(""));
        done.future().onComplete(end -> {
            loop.remove(this);
            loop.missed().forget(this);
        });
        if (response.closed()) {
            done.tryComplete("");
        }
        if (lastEventId != null) {
            isCatchingUp = true;
            last = lastEventId;
        }
        write(first);
        return done.future();
    }

    Role role() {
        return role;
    }

    /** Reads the next page, once the caller has read all before it. */
    private void catchUp() {
        if (isReading || unread > 0 || done.future().isComplete()) {
            return;
        }
        Optional<String> skipTo = loop.log().horizon().filter(oldest -> EventId.compare(last, oldest) < 0);
        if (skipTo.isPresent()) {
            skip(skipTo.get());
            return;
        }
        isReading = true;
        hasNews = false;
        loop.missed()
                .read(
                        this,
                        last,
                        page -> context.runOnContext(v -> {
                            isReading = false;
                            if (page.succeeded()) {
                                take(page.result());
                            } else {
                                end(); // the caller comes again with the same Last-Event-ID
                            }
                        }));
    }

    /** Nobody reads thousands of old changes one by one, and a thousand dashboards that do hold each other up. */
    private void skip(String upTo) {
        Buffer text = EventStream.skipped(last, upTo);
        last = upTo;
        write(text); // and catches up from there
    }

    private void take(MissedEvents.Page page) {
        last = page.newest() == null ? last : page.newest();
        boolean isBehind = !missedUpTo.isEmpty() && EventId.compare(last, missedUpTo) < 0;
        // Without news since the read began, an empty page is the end: the store may have lost what was missed.
        isCatchingUp = isBehind && hasNews || page.newest() != null && (page.isFull() || isBehind);
        write(page.changes());
        if (isCatchingUp) {
            catchUp();
        }
    }

    /**
     * Takes new events. A caller that has yet to get older ones, or reads slowly, gets these from the store as well.
     *
     * @param from the event before the first of them
     */
    void take(String from, String upTo, Buffer changes) {
        last = last.isEmpty() || from.equals(EventId.BEGINNING) ? from : last;
        if (EventId.compare(last, upTo) >= 0) {
            return;
        }
        if (isCatchingUp || unread + changes.length() > loop.maxUnreadBytes() / 2) {
            isCatchingUp = true;
            missedUpTo = upTo;
            hasNews = true;
            catchUp();
        } else {
            last = upTo;
            write(changes);
        }
    }

    void write(Buffer text) {
        if (done.future().isComplete() || response.closed() || text.length() == 0) {
            return;
        }
        if (unread > 0 && unread + text.length() > loop.maxUnreadBytes()) {
            LOG.debug("A stream of the dashboard ends: its caller has left {} bytes unread", unread);
            response.reset();
            done.tryComplete("");
            return;
        }
        unread += text.length();
        response.write(text).onComplete(sent -> {
            unread -= text.length();
            if (isCatchingUp) {
                catchUp();
            }
        });
    }

    /** Ends the stream in order. */
    void end() {
        if (!done.future().isComplete() && !response.closed()) {
            response.end().onComplete(ended -> done.tryComplete(""));
        }
    }
}
