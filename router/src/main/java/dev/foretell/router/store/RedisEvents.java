package dev.foretell.router.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.foretell.commons.json.Json;
import dev.foretell.router.events.Event;
import dev.foretell.router.events.EventId;
import dev.foretell.router.events.EventLog;
import dev.foretell.router.store.connection.Keys;
import dev.foretell.router.store.connection.RedisConnection;
import dev.foretell.router.store.connection.Script;
import dev.foretell.router.store.hash.ReadableCheck;
import dev.foretell.router.store.hash.Unreadable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.redisson.api.RScript.ReturnType;

/**
 * Events in Redis: a stream of JSON with about {@link #KEPT} entries, which all routers append to. They are read beside the
 * event loops: a page of them takes milliseconds. Thread-safe.
 */
final class RedisEvents implements EventLog.Store {
    private static final int KEPT = 10_000;
    private static final int MARK_SECONDS = 24 * 60 * 60;

    /** ARGV: sequence, the number of entries to keep, the life of the mark, then events. */
    private static final Script APPEND = new Script(ReturnType.LONG, """
                    local sequence = tonumber(ARGV[1])
                    if sequence <= (tonumber(redis.call('GET', KEYS[2])) or 0) then return 0 end
                    for i = 4, #ARGV do
                      redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[2], '*', 'event', ARGV[i])
                    end
                    redis.call('SET', KEYS[2], ARGV[1], 'EX', ARGV[3])
                    return 1
                    """);

    /** What is longer than any event of a router, or no text at all, is left out, as something that cannot be read. */
    private static final String FLAT = """
                    local function flat(out, entries)
                      for _, entry in ipairs(entries) do
                        local text = entry[2][2] or ''
                        out[#out + 1] = entry[1]
                        out[#out + 1] = #text <= 16384 and text or ''
                      end
                      return out
                    end
                    """;

    /**
     * ARGV: an id, a limit. If the newest entry is older than that id, the stream has been lost and begins anew: returns it
     * from its beginning.
     */
    private static final Script AFTER = new Script(ReturnType.LIST, FLAT + """
                    local function parts(id)
                      local ms, number = string.match(id, '^(%d+)-(%d+)$')
                      return tonumber(ms), tonumber(number)
                    end
                    local newest = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
                    if #newest == 0 then return {} end
                    local ms, number = parts(newest[1][1])
                    local from_ms, from_number = parts(ARGV[1])
                    local isLost = ms < from_ms or (ms == from_ms and number < from_number)
                    local from = isLost and '-' or '(' .. ARGV[1]
                    return flat({}, redis.call('XRANGE', KEYS[1], from, '+', 'COUNT', ARGV[2]))
                    """);

    /** ARGV: the end, a limit. */
    private static final Script BEFORE = new Script(ReturnType.LIST, FLAT + """
                    return flat({}, redis.call('XREVRANGE', KEYS[1], ARGV[1], '-', 'COUNT', ARGV[2]))
                    """);

    private static final ObjectReader READER = Json.MAPPER
            .readerFor(Event.class)
            .with(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
            .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final Vertx vertx;
    private final RedisConnection redis;
    private final List<String> keys;
    private final Unreadable unreadable;

    RedisEvents(Vertx vertx, RedisConnection redis, Keys keys) {
        this.vertx = vertx;
        this.redis = redis;
        this.keys = List.of(keys.of("events"), keys.of("events-mark:" + UUID.randomUUID()));
        this.unreadable = new Unreadable(keys.of("events"));
    }

    @Override
    public Future<Void> append(long sequence, List<Event> events) {
        List<Object> arguments = new ArrayList<>(List.of(sequence, KEPT, MARK_SECONDS));
        events.forEach(event -> unreadable
                .read("an event", () -> ReadableCheck.text(Json.writeText(event)))
                .ifPresent(arguments::add));
        return redis.<Long>write(APPEND, keys, arguments.toArray()).mapEmpty();
    }

    @Override
    public Future<List<Event>> after(String id, int limit) {
        return redis.<List<String>>read(AFTER, keys.subList(0, 1), id, limit).compose(this::events);
    }

    /** Nothing is before the least id, which Redis would refuse. */
    @Override
    public Future<List<Event>> before(String id, int limit) {
        if (!id.isEmpty() && EventId.compare(id, "0-0") == 0) {
            return Future.succeededFuture(List.of());
        }
        return redis.<List<String>>read(BEFORE, keys.subList(0, 1), id.isEmpty() ? "+" : "(" + id, limit)
                .compose(this::events);
    }

    private Future<List<Event>> events(List<String> idsAndTexts) {
        return vertx.executeBlocking(() -> parse(idsAndTexts), false);
    }

    /** One that cannot be read is there all the same, so that its reader comes past it. */
    private List<Event> parse(List<String> idsAndTexts) {
        List<Event> events = new ArrayList<>(idsAndTexts.size() / 2);
        for (int i = 0; i + 1 < idsAndTexts.size(); i += 2) {
            String id = idsAndTexts.get(i);
            String text = idsAndTexts.get(i + 1);
            events.add(unreadable
                    .read(id, () -> parse(text))
                    .orElse(Event.unreadable())
                    .withId(id));
        }
        return events;
    }

    private static Event parse(String text) {
        try {
            return READER.readValue(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not an event", e);
        }
    }
}
