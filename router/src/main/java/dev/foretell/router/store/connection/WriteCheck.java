package dev.foretell.router.store.connection;

import org.redisson.api.RScript.ReturnType;

/**
 * Checks with a small write whether Redis accepts writes. KEYS: a key for this check. ARGV: a channel for this check.
 */
final class WriteCheck {
    /** If Redis accepted writes a second ago. */
    static final Script ONE = new Script(ReturnType.LONG, """
                    redis.call('SET', KEYS[1], '1')
                    redis.call('PUBLISH', ARGV[1], '1')
                    return 1
                    """);

    /**
     * After an outage: every kind of write in this package, because a Redis user may have permission for only some of
     * them. The first one is refused by a Redis without memory, which would let later writes of the same script pass.
     */
    static final Script ALL = new Script(ReturnType.LONG, """
                    redis.call('SET', KEYS[1], '1')
                    redis.call('DEL', KEYS[1])
                    redis.call('INCRBY', KEYS[1], 1)
                    redis.call('DEL', KEYS[1])
                    redis.call('HSET', KEYS[1], 'a', 1)
                    redis.call('HINCRBY', KEYS[1], 'a', 1)
                    redis.call('HDEL', KEYS[1], 'a')
                    redis.call('SADD', KEYS[1], 'a')
                    redis.call('SREM', KEYS[1], 'a')
                    redis.call('ZADD', KEYS[1], 1, 'a')
                    redis.call('ZREM', KEYS[1], 'a')
                    redis.call('PUBLISH', ARGV[1], '1')
                    return 1
                    """);

    private WriteCheck() {}
}
