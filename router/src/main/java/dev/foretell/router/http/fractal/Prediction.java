package dev.foretell.router.http.fractal;

import dev.foretell.commons.json.Json;
import io.vertx.core.buffer.Buffer;

/**
 * A model's response with an {@code http_status}: the fields of an object stay unchanged, byte for byte; anything else
 * becomes {@code values}.
 */
final class Prediction {
    private static final Buffer BEFORE = before();

    private Prediction() {}

    private static Buffer before() {
        Buffer alone = Buffer.buffer(Json.writeSpaced(new HttpStatus.Alone(HttpStatus.ok("Prediction successful"))));
        return alone.slice(0, alone.length() - 1);
    }

    static Buffer of(Buffer answer) {
        int start = skipSpace(answer, 0);
        boolean isObject = start < answer.length() && answer.getByte(start) == '{';
        if (!isObject) {
            return begin(answer, ", \"values\": ").appendBuffer(answer).appendByte((byte) '}');
        }
        int first = skipSpace(answer, start + 1);
        boolean isEmpty = first < answer.length() && answer.getByte(first) == '}';
        return begin(answer, isEmpty ? "" : ", ").appendBuffer(answer, first, answer.length() - first);
    }

    private static Buffer begin(Buffer answer, String next) {
        return Buffer.buffer(BEFORE.length() + answer.length() + 16)
                .appendBuffer(BEFORE)
                .appendString(next);
    }

    private static int skipSpace(Buffer text, int from) {
        int at = from;
        while (at < text.length() && text.getByte(at) <= ' ') {
            at++;
        }
        return at;
    }
}
