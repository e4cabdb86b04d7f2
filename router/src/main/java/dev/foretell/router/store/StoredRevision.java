package dev.foretell.router.store;

/**
 * The number that counts the changes of a hash. What somebody's hand has made of it, text or a number that cannot rise,
 * counts as 0: the store has lost its state then, and a router that knows better gives it back.
 */
final class StoredRevision {
    /** From here on Lua's numbers, which are doubles, miss some. */
    private static final long LIMIT = 1L << 53;

    /** Declares {@code kept}, what stands in KEYS[2], and {@code at}, the revision. */
    static final String IN_LUA = """
                    local kept = redis.pcall('GET', KEYS[2])
                    if type(kept) ~= 'string' then kept = kept and 'of the wrong type' or '0' end
                    local at = string.match(kept, '^%d+$') and tonumber(kept) or 0
                    if at >= 9007199254740992 then at = 0 end
                    """;

    private StoredRevision() {}

    /** @throws IllegalArgumentException if it is no revision */
    static long parse(String kept) {
        if (!kept.matches("0*\\d{1,16}") || Long.parseLong(kept) >= LIMIT) {
            throw new IllegalArgumentException("'" + kept + "' is no number of changes");
        }
        return Long.parseLong(kept);
    }
}
