package dev.foretell.router.upstream.call;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Takes memory for the tree that is built of what it reads, before that is built. The sizes are those of Jackson's nodes on a JVM with
 * compressed references, with the unused part of growing lists and tables. Used once.
 */
public final class MeteredParser extends JsonParserDelegate {
    /** The least that is taken at once, so that short responses take once. */
    private static final int STEP = 16 * 1024;

    private static final int SLOT = 6;
    private static final int ARRAY = 24 + 24;
    private static final int FIRST_PLACES = 56;
    private static final int OBJECT = 24 + 56;
    private static final int FIRST_TABLE = 80;
    private static final int FIELD = 40 + 16 + 40;
    private static final int TEXT = 16 + 24 + 24;
    private static final int NUMBER = 24;
    private static final int LONG_NUMBER = 16 + 40 + 40 + 16;
    /** A number with more digits is more than eight bytes long. */
    private static final int SHORT_DIGITS = 18;

    /** The memory that a tree takes. */
    public interface Memory {
        /** @throws dev.foretell.commons.failure.ServingException if there is not so much */
        void take(long bytes);

        void giveBack(long bytes);
    }

    private final Memory memory;
    private final boolean isExact;
    private @Nullable JsonToken last;
    private long read;
    private long taken;

    /** @param isExact whether numbers keep all their digits; otherwise those with a fraction are doubles */
    public MeteredParser(JsonParser parser, Memory memory, boolean isExact) {
        super(parser);
        this.memory = memory;
        this.isExact = isExact;
    }

    @Override
    public @Nullable JsonToken nextToken() throws IOException {
        JsonToken token = super.nextToken();
        if (token != null) {
            read += bytes(token) + ofContainer(token);
            last = token;
            if (read > taken) {
                long more = Math.max(STEP, read - taken);
                memory.take(more);
                taken += more;
            }
        }
        return token;
    }

    /** The tree is complete: takes no more than its size, which it returns. */
    public long end() {
        memory.giveBack(taken - read);
        return read;
    }

    /** A list or a table is there from the first element on. */
    private int ofContainer(JsonToken token) {
        if (last == JsonToken.START_OBJECT && token == JsonToken.FIELD_NAME) {
            return FIRST_TABLE;
        }
        return last == JsonToken.START_ARRAY && token != JsonToken.END_ARRAY ? FIRST_PLACES : 0;
    }

    private long bytes(JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> OBJECT + SLOT;
            case START_ARRAY -> ARRAY + SLOT;
            case FIELD_NAME -> FIELD + 2L * getTextLength();
            case VALUE_STRING -> TEXT + SLOT + 2L * getTextLength();
            case VALUE_NUMBER_INT -> SLOT + (getTextLength() > SHORT_DIGITS ? ofLongNumber() : NUMBER);
            case VALUE_NUMBER_FLOAT -> SLOT + (isExact ? ofLongNumber() : NUMBER);
            case VALUE_TRUE, VALUE_FALSE, VALUE_NULL, VALUE_EMBEDDED_OBJECT -> SLOT + NUMBER;
            case END_OBJECT, END_ARRAY, NOT_AVAILABLE -> 0;
        };
    }

    private long ofLongNumber() throws IOException {
        return LONG_NUMBER + getTextLength() / 2;
    }
}
