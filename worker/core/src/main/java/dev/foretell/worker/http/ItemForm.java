package dev.foretell.worker.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.foretell.commons.json.Json;
import dev.foretell.worker.function.binding.FunctionJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The formats of a stream's items. */
enum ItemForm {
    /** One JSON value per line. */
    LINES("application/x-ndjson", "", "", "\n"),
    /** Server-sent events, if the caller asks for them. */
    EVENTS("text/event-stream", "data: ", "event: error\ndata: ", "\n\n");

    /** The item that reports a failure during a stream. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record LastItem(String error, @Nullable String requestId) {}

    private final String mediaType;
    private final byte[] before;
    private final byte[] beforeError;
    private final byte[] after;

    ItemForm(String mediaType, String before, String beforeError, String after) {
        this.mediaType = mediaType;
        this.before = bytes(before);
        this.beforeError = bytes(beforeError);
        this.after = bytes(after);
    }

    static ItemForm of(HttpServerRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null && accept.contains(EVENTS.mediaType) ? EVENTS : LINES;
    }

    String mediaType() {
        return mediaType;
    }

    Buffer item(@Nullable Object value) throws IOException {
        return frame(before, FunctionJson.write(value));
    }

    /**
     * The last item of a stream that breaks off.
     *
     * @param request the request id in the log
     */
    Buffer error(String words, String request) {
        return frame(beforeError, Json.write(new LastItem(words, request.equals(RequestName.NONE) ? null : request)));
    }

    private Buffer frame(byte[] first, byte[] json) {
        return Buffer.buffer(first.length + json.length + after.length)
                .appendBytes(first)
                .appendBytes(json)
                .appendBytes(after);
    }

    private static byte[] bytes(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }
}
