package dev.foretell.router.store;

import dev.foretell.router.models.files.SharedFolder;
import dev.foretell.router.store.connection.Keys;
import dev.foretell.router.store.connection.RedisConnection;
import dev.foretell.router.store.connection.Script;
import io.vertx.core.Future;
import java.util.List;
import org.redisson.api.RScript.ReturnType;

/** The marker of the models folder in Redis. Thread-safe. */
final class RedisFolderMark implements SharedFolder.Store {
    static final String NAME = "models-folder";

    private static final Script READ = new Script(ReturnType.LIST, "return {redis.call('GET', KEYS[1]) or ''}");

    /** ARGV: before, next; empty for no marker. Returns 1 if it was replaced. */
    private static final Script REPLACE = new Script(ReturnType.LONG, """
                    if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
                    redis.call('SET', KEYS[1], ARGV[2])
                    return 1
                    """);

    private final RedisConnection redis;
    private final List<String> keys;

    RedisFolderMark(RedisConnection redis, Keys keys) {
        this.redis = redis;
        this.keys = List.of(keys.of(NAME));
    }

    @Override
    public Future<String> mark() {
        return redis.<List<String>>read(READ, keys).map(mark -> mark.get(0));
    }

    @Override
    public Future<Boolean> replace(String before, String next) {
        return redis.<Long>write(REPLACE, keys, before, next).map(done -> done == 1);
    }

    @Override
    public String place() {
        return keys.get(0);
    }
}
