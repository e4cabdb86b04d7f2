package dev.foretell.router.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.json.Json;
import dev.foretell.router.store.StoredKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;

/**
 * The state as lines of JSON: {@code {"key": "map", "type": "hash", "items": […]}}. Values that are not UTF-8 are in
 * base64.
 */
final class StateLines {
    private static final int ITEMS_A_LINE = 500;
    private static final String BASE64 = "base64";

    private StateLines() {}

    static void write(List<StoredKey> state, OutputStream out) throws IOException {
        for (StoredKey key : state) {
            for (int at = 0; at < key.items().size(); at += ITEMS_A_LINE) {
                int end = Math.min(at + ITEMS_A_LINE, key.items().size());
                out.write(Json.write(line(key, key.items().subList(at, end))));
                out.write('\n');
            }
        }
    }

    private static ObjectNode line(StoredKey key, List<String> items) {
        ObjectNode line = Json.MAPPER.createObjectNode().put("key", key.name()).put("type", key.type());
        ArrayNode written = line.putArray("items");
        items.forEach(item -> write(item, written));
        return line;
    }

    private static void write(String item, ArrayNode to) {
        byte[] bytes = item.getBytes(StandardCharsets.ISO_8859_1);
        try {
            to.add(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException noText) {
            to.addObject().put(BASE64, Base64.getEncoder().encodeToString(bytes));
        }
    }

    /** Reads lines lazily; each one is a part of its key. */
    static Iterable<StoredKey> read(BufferedReader lines) {
        return () -> new Iterator<>() {
            private String next = line(lines);

            @Override
            public boolean hasNext() {
                return !next.isEmpty();
            }

            @Override
            public StoredKey next() {
                StoredKey key = key(next);
                next = line(lines);
                return key;
            }
        };
    }

    private static String line(BufferedReader lines) {
        try {
            String line = lines.readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StoredKey key(String line) {
        JsonNode tree = Json.readTree(line.getBytes(StandardCharsets.UTF_8));
        List<String> items = new ArrayList<>();
        tree.path("items").forEach(item -> items.add(bytes(item)));
        return new StoredKey(tree.path("key").asText(), tree.path("type").asText(), items);
    }

    private static String bytes(JsonNode item) {
        byte[] bytes = item.isTextual()
                ? item.asText().getBytes(StandardCharsets.UTF_8)
                : Base64.getDecoder().decode(item.path(BASE64).asText());
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
