package dev.foretell.router.http.dashboard;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.events.EventId;
import dev.foretell.router.http.edge.RouteGroup;
import dev.foretell.router.http.message.BackgroundWork;
import dev.foretell.router.overview.Observer;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** {@code /v1/events}, and the stream of the dashboard, on one event loop. */
public final class EventsApi implements RouteGroup {
    private static final int USUAL_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;

    private final Observer observer;
    private final Streams.OfLoop streams;
    private final EventSearch search;

    public EventsApi(Observer observer, Streams.OfLoop streams, BackgroundWork work) {
        this.observer = observer;
        this.streams = streams;
        this.search = new EventSearch(streams.log(), work);
    }

    @Override
    public void addTo(Routes routes) {
        routes.state(HttpMethod.GET, "/v1/events", this::list, "search", "since", "before", "limit");
        routes.state(HttpMethod.GET, DashboardApi.DASHBOARD + "/stream", this::stream, "once");
    }

    private Future<Object> list(RoutingContext ctx) {
        MultiMap query = ctx.queryParams();
        return search.find(new EventSearch.Query(
                        Page.search(query.get("search")),
                        since(query.get("since")),
                        id("before", query.get("before"), ""),
                        Page.number("limit", query.get("limit"), USUAL_LIMIT, 1, MAX_LIMIT)))
                .map(found -> found);
    }

    /** A time stands for the events from then on. */
    private static String since(@Nullable String text) {
        if (text == null || text.isEmpty() || EventId.isId(text)) {
            return text == null ? "" : text;
        }
        try {
            return Math.max(0, Instant.parse(text).toEpochMilli() - 1) + "-999999999999";
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "since must be the id of an event, or a time like 2026-01-31T12:00:00Z",
                    e);
        }
    }

    private static String id(String name, @Nullable String text, String usual) {
        if (text == null || text.isEmpty()) {
            return usual;
        }
        if (!EventId.isId(text)) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT, name + " must be the id of an event, like 1764445000000-0");
        }
        return text;
    }

    private Future<Object> stream(RoutingContext ctx) {
        boolean isOnce = isOnce(ctx.queryParams().get("once"));
        String lastEventId = ctx.request().getHeader("Last-Event-ID");
        String from = id("Last-Event-ID", lastEventId, "");
        Role role = Role.of(ctx);
        Buffer first = EventStream.START.copy().appendBuffer(Streams.overview(observer.now(), role));
        HttpServerResponse response = ctx.response();
        StreamReader reader = new StreamReader(ctx, streams, role);
        response.putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Accel-Buffering", "no");
        if (isOnce || ctx.request().method() == HttpMethod.HEAD) {
            return Future.succeededFuture(first);
        }
        response.setChunked(true);
        return reader.run(first, from.isEmpty() ? null : from);
    }

    private static boolean isOnce(@Nullable String text) {
        if (text != null && !text.equals("true") && !text.equals("false")) {
            throw new ServingException(FailureKind.INVALID_INPUT, "once must be true or false");
        }
        return "true".equals(text);
    }
}
