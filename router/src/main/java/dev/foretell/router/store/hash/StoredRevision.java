package dev.foretell.router.store.hash;

/**
 * The number of changes of a hash. A value that was broken by hand (a text, or a number that cannot increase) counts as
 * 0: then the store has lost its state, and a router that has the state stores it again.
 */
public final class StoredRevision {
    /** Lua's numbers are doubles, which are not exact from here on. */
    private static final long LIMIT = 1L << 53;

    /** Declares {@code kept}, the content of KEYS[2], and {@code at}, the revision. */
    public static final String IN_LUA = """
                    local kept = redis.pcall('GET', KEYS[2])
                    if type(kept) ~= 'string' then kept = kept and 'of the wrong type' or '0' end
                    local at = string.match(kept, '^%d+$') and tonumber(kept) or 0
                    if at >= 9007199254740992 then at = 0 end
                    """;

    private StoredRevision() {}

    /** @throws IllegalArgumentException if it is not a revision */
    public static long parse(String kept) {
        if (!kept.matches("0*\\d{1,16}") || Long.parseLong(kept) >= LIMIT) {
            throw new IllegalArgumentException("'" + kept + "' is not a revision");
        }
        return Long.parseLong(kept);
    }
}
