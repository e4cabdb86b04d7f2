package dev.foretell.router.http.predict;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.JsonScanner;
import dev.foretell.router.http.message.BodyText;
import io.vertx.core.buffer.Buffer;

/**
 * What a predict body says: {@code {"modelId": "fib", "data": {"n": 2}}}. The body is scanned once, without a tree; the data
 * is a slice of it, byte for byte as the caller wrote it.
 */
public record PredictBody(String modelId, Buffer data) {
    /**
     * Scans a body.
     *
     * @throws ServingException {@link FailureKind#MALFORMED} or {@link FailureKind#INVALID_INPUT}
     */
    public static PredictBody scan(Buffer body) {
        return new PredictScan().finish(body);
    }

    /**
     * Makes sure that a body is one JSON value, in UTF-8.
     *
     * @return the body without a byte order mark: it can stand beside others
     * @throws ServingException {@link FailureKind#MALFORMED}
     */
    static Buffer requireJson(Buffer body) {
        BodyText text = BodyText.of(body);
        JsonScanner scanner = JsonScanner.of(JsonScanner.Parts.NONE);
        scanner.advance(text.bytes(), text.from(), text.length());
        scanner.finish();
        int mark = JsonScanner.lengthOfMark(text.bytes(), text.from(), text.length());
        return mark == 0 ? body : body.slice(mark, body.length());
    }
}
