package dev.foretell.router.store;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A key of the state with its content.
 *
 * @param name without the prefix
 * @param type the type in Redis: string, hash, set, zset or list
 * @param items in the order of Redis, one char per byte: fields and values in turn, members and scores in turn, or
 *     values
 */
public record StoredKey(String name, String type, List<String> items) {
    public StoredKey {
        items = List.copyOf(items);
    }

    /** The text of an item: its bytes decoded as UTF-8. */
    public static String text(String item) {
        return new String(item.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** How many items belong together. */
    public int step() {
        return type.equals("hash") || type.equals("zset") ? 2 : 1;
    }
}
