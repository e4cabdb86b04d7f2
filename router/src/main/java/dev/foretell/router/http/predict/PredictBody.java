package dev.foretell.router.http.predict;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.json.JsonScanner;
import dev.foretell.router.http.message.BodyText;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A parsed predict body: {@code {"modelId": "fib", "data": {"n": 2}}}. The body is scanned once without a tree; the
 * data is a slice of it, byte for byte as the caller sent it.
 */
public record PredictBody(String modelId, Buffer data) {
    /**
     * Scans a body.
     *
     * @throws ServingException {@link FailureKind#MALFORMED} or {@link FailureKind#INVALID_INPUT}
     */
    public static PredictBody scan(Buffer body) {
        return new Scan().finish(body);
    }

    /**
     * Checks that a body is one JSON value in UTF-8.
     *
     * @return the body without a byte order mark, so that it can be joined with others
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

    /**
     * Scans one predict body as it arrives, so that the cost of an event-loop turn is bounded by the bytes that it
     * reads. Errors are reported at the end, when the whole body has been read from the connection.
     */
    static final class Scan implements JsonScanner.Parts {
        private static final byte[] MODEL_ID = "modelId".getBytes(StandardCharsets.US_ASCII);
        private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);

        private final JsonScanner scanner = JsonScanner.of(this);
        private @Nullable ServingException wrong;
        private @Nullable String modelId;
        private int dataFrom = -1;
        private int dataTo;

        /** Scans what has come in since the last time. */
        void advance(Buffer soFar) {
            if (wrong == null) {
                BodyText text = BodyText.of(soFar);
                try {
                    scanner.advance(text.bytes(), text.from(), text.length());
                } catch (ServingException e) {
                    wrong = e;
                }
            }
        }

        /**
         * Says what the whole body holds.
         *
         * @throws ServingException {@link FailureKind#MALFORMED} or {@link FailureKind#INVALID_INPUT}
         */
        PredictBody finish(Buffer body) {
            advance(body);
            if (wrong != null) {
                throw wrong;
            }
            scanner.finish();
            if (modelId == null || dataFrom < 0) {
                throw invalid((modelId == null ? "modelId" : "data") + " is missing" + BodyNames.of(body));
            }
            return new PredictBody(modelId, body.slice(dataFrom, dataTo));
        }

        @Override
        public void root(byte first) {
            if (first != '{') {
                throw invalid("the body must be an object with modelId and data");
            }
        }

        @Override
        public void part(byte[] text, int base, int nameFrom, int nameTo, int from, int to) {
            if (isName(MODEL_ID, text, base + nameFrom, base + nameTo)) {
                readModelId(text, base + from, base + to);
            } else if (isName(DATA, text, base + nameFrom, base + nameTo)) {
                if (dataFrom >= 0) {
                    throw invalid("data is given twice");
                }
                dataFrom = from;
                dataTo = to;
            }
        }

        /** A name may have been written with escapes: {@code "dat\u0061"}. */
        private static boolean isName(byte[] name, byte[] text, int from, int to) {
            if (Arrays.equals(text, from, to, name, 0, name.length)) {
                return true;
            }
            return to - from > name.length
                    && to - from <= name.length * 6
                    && indexOf(text, from, to, '\\') >= 0
                    && Json.unquote(text, from - 1, to + 1).equals(new String(name, StandardCharsets.US_ASCII));
        }

        private void readModelId(byte[] text, int from, int to) {
            if (modelId != null) {
                throw invalid("modelId is given twice");
            }
            if (text[from] != '"') {
                throw invalid("modelId must be text");
            }
            modelId = ModelId.require(
                    indexOf(text, from, to, '\\') < 0
                            ? new String(text, from + 1, to - from - 2, StandardCharsets.UTF_8)
                            : Json.unquote(text, from, to));
        }

        private static int indexOf(byte[] text, int from, int to, char wanted) {
            for (int i = from; i < to; i++) {
                if (text[i] == wanted) {
                    return i;
                }
            }
            return -1;
        }

        private static ServingException invalid(String what) {
            return new ServingException(FailureKind.INVALID_INPUT, what);
        }
    }
}
