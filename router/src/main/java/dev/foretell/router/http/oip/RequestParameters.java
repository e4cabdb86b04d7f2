package dev.foretell.router.http.oip;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.router.admission.Priority;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The scheduling parameters of a request: the extension {@code schedule_policy}.
 *
 * @param timeoutMillis how long the caller waits; 0 if it sends no timeout
 * @param priority null if the caller sends no priority
 */
record RequestParameters(long timeoutMillis, @Nullable Priority priority) {
    private static final RequestParameters NONE = new RequestParameters(0, null);
    private static final long MAX = Long.MAX_VALUE - 1000;
    private static final String TIMEOUT = "timeout";
    private static final String PRIORITY = "priority";
    private static final ByteBuf QUOTED_TIMEOUT = quote(TIMEOUT);
    private static final ByteBuf QUOTED_PRIORITY = quote(PRIORITY);

    static RequestParameters of(Map<String, Object> parameters) {
        if (!parameters.containsKey(TIMEOUT) && !parameters.containsKey(PRIORITY)) {
            return NONE;
        }
        long micros = whole(TIMEOUT, parameters.get(TIMEOUT));
        long priority = whole(PRIORITY, parameters.get(PRIORITY));
        return new RequestParameters((micros + 999) / 1000, priority == 0 ? null : of(priority));
    }

    /** 1 is the highest; 0 is the default of the model. */
    private static Priority of(long level) {
        return level == 1 ? Priority.HIGH : level == 2 ? Priority.NORMAL : Priority.LOW;
    }

    private static long whole(String name, @Nullable Object value) {
        if (value == null) {
            return 0;
        }
        if (value instanceof BigInteger large && large.signum() > 0 && large.bitLength() <= Long.SIZE) {
            return MAX; // the extension defines them as uint64
        }
        if (!(value instanceof Number whole)
                || !(value instanceof Long || value instanceof Integer)
                || whole.longValue() < 0) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT, "parameters." + name + " must be a whole number from 0 up");
        }
        return Math.min(whole.longValue(), MAX);
    }

    /**
     * The parameters of a body that is not parsed otherwise. Few bodies have any, and most others are recognised
     * without a parser.
     */
    static RequestParameters scan(Buffer body, int jsonLength) {
        ByteBuf json = ((BufferInternal) body).getByteBuf();
        ByteBuf head = json.slice(json.readerIndex(), jsonLength);
        return ByteBufUtil.indexOf(QUOTED_TIMEOUT, head) >= 0 || ByteBufUtil.indexOf(QUOTED_PRIORITY, head) >= 0
                ? of(parameters(body.getBytes(0, jsonLength)))
                : NONE;
    }

    private static ByteBuf quote(String word) {
        return Unpooled.copiedBuffer('"' + word + '"', StandardCharsets.US_ASCII)
                .asReadOnly();
    }

    /** Empty for an invalid body: the receiver of the call reports the error better. */
    private static Map<String, Object> parameters(byte[] json) {
        Map<String, Object> wishes = new HashMap<>();
        try (JsonParser in = Json.FACTORY.createParser(json)) {
            in.nextToken();
            for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
                JsonToken value = in.nextToken();
                if (name.equals("parameters") && value == JsonToken.START_OBJECT) {
                    read(in, wishes);
                } else {
                    in.skipChildren();
                }
            }
        } catch (IOException senseless) {
            return Map.of();
        }
        return wishes;
    }

    private static void read(JsonParser in, Map<String, Object> wishes) throws IOException {
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            JsonToken value = in.nextToken();
            if (name.equals(TIMEOUT) || name.equals(PRIORITY)) {
                wishes.put(name, value == JsonToken.VALUE_NUMBER_INT ? in.getNumberValue() : in.getText());
            }
            in.skipChildren();
        }
    }
}
