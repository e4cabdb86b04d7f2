package dev.foretell.router.http.dashboard;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.foretell.commons.json.Json;
import dev.foretell.router.events.Event;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The form of server-sent events. */
final class EventStream {
    static final Buffer HEARTBEAT = Buffer.buffer(": heartbeat\n\n");
    static final Buffer START = Buffer.buffer("retry: 1000\n\n");

    private EventStream() {}

    static Buffer event(String name, Object content) {
        return event(name, null, content);
    }

    private static Buffer event(String name, @Nullable String id, Object content) {
        return Buffer.buffer("event: " + name + "\n" + (id == null ? "" : "id: " + id + "\n") + "data: ")
                .appendBytes(Json.write(content))
                .appendString("\n\n");
    }

    /** Changes after one event, up to another one, are left out. */
    static Buffer skipped(String after, String upTo) {
        return event("skipped", upTo, new Skipped(after, upTo));
    }

    private record Skipped(
            String after, @JsonProperty("up_to") String upTo) {}

    static Buffer changes(List<Event> events) {
        Buffer all = Buffer.buffer();
        events.forEach(event -> all.appendBuffer(event("change", event.id(), event)));
        return all;
    }
}
