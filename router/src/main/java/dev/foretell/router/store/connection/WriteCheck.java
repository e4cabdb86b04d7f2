package dev.foretell.router.store.connection;

import org.redisson.api.RScript.ReturnType;

/** Whether Redis takes our writes now, told by a small one. KEYS: one of its own. ARGV: a channel of its own. */
final class WriteCheck {
    /** While it did so a second ago. */
    static final Script ONE = new Script(ReturnType.LONG, """
                    redis.call('SET', KEYS[1], '1')
                    redis.call('PUBLISH', ARGV[1], '1')
                    return 1
                    """);

    /**
     * After an absence: all that is written with in this package, as a user of Redis may be allowed some of it alone. The first
     * is one that a Redis without memory refuses; what follows it in the same script it would let pass.
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
