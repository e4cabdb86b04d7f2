package dev.foretell.router.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a predict body says: {@code {"modelId": "fib", "data": {"n": 2}}}. The body is scanned once, without a tree; the data
 * is a slice of it, byte for byte as the caller wrote it.
 */
record PredictBody(String modelId, Buffer data) {
    /**
     * Scans a body.
     *
     * @throws ServingException {@link FailureKind#MALFORMED} or {@link FailureKind#INVALID_INPUT}
     */
    static PredictBody scan(Buffer body) {
        try (JsonParser parser = parser(((BufferInternal) body).getByteBuf())) {
            return new Scan(body, parser).run();
        } catch (JsonProcessingException e) {
            throw Json.malformed(e);
        } catch (IOException e) {
            throw new ServingException(FailureKind.MALFORMED, "the body could not be read", e);
        }
    }

    /** Reads where the bytes are; a copy is made only of what is not in an array. */
    private static JsonParser parser(ByteBuf bytes) throws IOException {
        return bytes.hasArray()
                ? Json.FACTORY.createParser(
                        bytes.array(), bytes.arrayOffset() + bytes.readerIndex(), bytes.readableBytes())
                : Json.FACTORY.createParser(ByteBufUtil.getBytes(bytes));
    }

    /**
     * Makes sure that a body is one JSON value, in UTF-8: then it can stand beside others.
     *
     * @throws ServingException {@link FailureKind#MALFORMED} or {@link FailureKind#INVALID_INPUT}
     */
    static void requireJson(Buffer body) {
        try (JsonParser parser = parser(((BufferInternal) body).getByteBuf())) {
            if (parser.nextToken() == null) {
                throw Scan.invalid("the body is empty");
            }
            if (parser.currentTokenLocation().getByteOffset() < 0) {
                throw new ServingException(FailureKind.MALFORMED, "the body must be UTF-8");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new ServingException(FailureKind.MALFORMED, "something follows the end of the body's value");
            }
        } catch (JsonProcessingException e) {
            throw Json.malformed(e);
        } catch (IOException e) {
            throw new ServingException(FailureKind.MALFORMED, "the body could not be read", e);
        }
    }

    /** One pass over one body. */
    private static final class Scan {
        private final Buffer body;
        private final JsonParser parser;
        private @Nullable String modelId;
        private @Nullable Buffer data;

        private Scan(Buffer body, JsonParser parser) {
            this.body = body;
            this.parser = parser;
        }

        private PredictBody run() throws IOException {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw invalid(
                        parser.currentToken() == null
                                ? "the body is empty"
                                : "the body must be an object with modelId and data");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                field(parser.currentName());
            }
            if (parser.nextToken() != null) {
                throw new ServingException(FailureKind.MALFORMED, "something follows the end of the body's object");
            }
            if (modelId == null) {
                throw invalid("modelId is missing");
            }
            if (data == null) {
                throw invalid("data is missing");
            }
            return new PredictBody(modelId, data);
        }

        private void field(String name) throws IOException {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "modelId" -> readModelId(value);
                case "data" -> readData();
                default -> parser.skipChildren();
            }
        }

        private void readModelId(JsonToken value) throws IOException {
            if (value != JsonToken.VALUE_STRING || modelId != null) {
                throw invalid(modelId != null ? "modelId is given twice" : "modelId must be text");
            }
            modelId = ModelId.require(parser.getText());
        }

        private void readData() throws IOException {
            if (data != null) {
                throw invalid("data is given twice");
            }
            int start = (int) parser.currentTokenLocation().getByteOffset();
            if (start < 0) {
                throw new ServingException(FailureKind.MALFORMED, "the body must be UTF-8");
            }
            parser.skipChildren();
            parser.finishToken();
            data = body.slice(start, (int) parser.currentLocation().getByteOffset());
        }

        private static ServingException invalid(String what) {
            return new ServingException(FailureKind.INVALID_INPUT, what);
        }
    }
}
