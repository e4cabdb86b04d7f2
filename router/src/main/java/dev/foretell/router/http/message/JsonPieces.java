package dev.foretell.router.http.message;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import dev.foretell.commons.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A long object or list in pieces, equal to the output of {@link Json#writeSpaced}; its elements are generated one at a
 * time. A value may itself be in pieces. Used by one thread at a time.
 */
public final class JsonPieces extends JsonSerializable.Base implements Iterator<byte[]> {
    private static final byte[] SEPARATOR = bytes(", ");
    private static final byte[] NOTHING = {};

    private final Iterator<?> items;
    private final boolean object;
    private byte[] separator = NOTHING;
    private @Nullable JsonPieces inner;
    private boolean begun;
    private boolean over;

    private JsonPieces(Iterator<?> items, boolean object) {
        this.items = items;
        this.object = object;
    }

    public static JsonPieces object(Iterator<? extends Map.Entry<String, ?>> members) {
        return new JsonPieces(members, true);
    }

    public static JsonPieces array(Iterator<?> elements) {
        return new JsonPieces(elements, false);
    }

    /** A record in its JSON form; its components in pieces stay in pieces. */
    public static JsonPieces of(Record record) {
        return object(Json.MAPPER.<ObjectNode>valueToTree(record).properties().iterator());
    }

    /** Embeds itself into a tree; {@link #of} extracts it from there. */
    @Override
    public void serialize(JsonGenerator tree, SerializerProvider provider) throws IOException {
        tree.writeEmbeddedObject(this);
    }

    @Override
    public void serializeWithType(JsonGenerator tree, SerializerProvider provider, TypeSerializer type)
            throws IOException {
        serialize(tree, provider);
    }

    @Override
    public boolean hasNext() {
        return !over;
    }

    @Override
    public byte[] next() {
        if (over) {
            throw new NoSuchElementException();
        }
        if (inner != null) {
            byte[] piece = inner.next();
            inner = inner.hasNext() ? inner : null;
            return piece;
        }
        if (!begun) {
            begun = true;
            return bytes(object ? "{" : "[");
        }
        if (!items.hasNext()) {
            over = true;
            return bytes(object ? "}" : "]");
        }
        return object ? member((Map.Entry<?, ?>) items.next()) : value(separator(), items.next());
    }

    private byte[] member(Map.Entry<?, ?> member) {
        byte[] name = concat(separator(), Json.write(String.valueOf(member.getKey())));
        return value(concat(name, bytes(": ")), member.getValue());
    }

    private byte[] separator() {
        byte[] now = separator;
        separator = SEPARATOR;
        return now;
    }

    private byte[] value(byte[] head, Object given) {
        Object value = given instanceof POJONode node ? node.getPojo() : given;
        if (value instanceof JsonPieces pieces) {
            inner = pieces;
            return head;
        }
        return concat(head, Json.writeSpaced(value));
    }

    private static byte[] concat(byte[] head, byte[] tail) {
        byte[] all = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, all, head.length, tail.length);
        return all;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
