package dev.foretell.router.store;

import dev.foretell.router.store.connection.Keys;
import dev.foretell.router.store.connection.RedisAddress;
import dev.foretell.router.store.connection.RedissonSettings;
import dev.foretell.router.store.connection.Script;
import dev.foretell.router.store.connection.StoreConfig;
import dev.foretell.router.store.connection.StoreFailureReason;
import dev.foretell.router.store.embedded.EmbeddedRedis;
import dev.foretell.router.store.embedded.RunningRedis;
import dev.foretell.router.store.embedded.StoreStartException;
import dev.foretell.router.store.embedded.StoredFiles;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.redisson.Redisson;
import org.redisson.api.RScript;
import org.redisson.api.RScript.ReturnType;
import org.redisson.api.RedissonClient;
import org.redisson.client.RedisException;
import org.redisson.client.codec.StringCodec;

/**
 * Everything that the routers of one prefix keep in a Redis. It is read, and replaced, atomically. It uses the content
 * and not the file formats of Redis, which no older server can read. Blocking; for one thread.
 */
public final class SavedState implements AutoCloseable {
    /** Maps each byte to a char, so that binary data is preserved. */
    private static final StringCodec BYTES = new StringCodec(StandardCharsets.ISO_8859_1);

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int ITEMS_AT_ONCE = 2000;
    private static final String STAGED = "restore:";

    /** Tasks in progress and their files belong to their trainers and are not saved. */
    private static final String TASKS = "tasks";

    /** Keys that belong to this Redis and its routers, not to the state. */
    private static final Set<String> OF_THE_PLACE = Set.of("ping", RedisFolderMark.NAME);

    /** Returns, for each key, its type, the number of its items, and the items. */
    private static final Script READ = new Script(ReturnType.LIST, """
                    local out = {}
                    for i = 1, #KEYS do
                      local kind = redis.call('TYPE', KEYS[i])['ok']
                      local all = {}
                      if kind == 'string' then all = {redis.call('GET', KEYS[i])}
                      elseif kind == 'hash' then all = redis.call('HGETALL', KEYS[i])
                      elseif kind == 'set' then all = redis.call('SMEMBERS', KEYS[i])
                      elseif kind == 'zset' then all = redis.call('ZRANGE', KEYS[i], 0, -1, 'WITHSCORES')
                      elseif kind == 'list' then all = redis.call('LRANGE', KEYS[i], 0, -1) end
                      out[#out + 1] = kind
                      out[#out + 1] = tostring(#all)
                      for j = 1, #all do out[#out + 1] = all[j] end
                    end
                    return out
                    """);

    /** ARGV: type, then items. The staged key expires if it is never put into place. */
    private static final Script STAGE = new Script(ReturnType.LONG, """
                    local kind = ARGV[1]
                    for i = 2, #ARGV, (kind == 'hash' or kind == 'zset') and 2 or 1 do
                      if kind == 'string' then redis.call('SET', KEYS[1], ARGV[i])
                      elseif kind == 'hash' then redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
                      elseif kind == 'set' then redis.call('SADD', KEYS[1], ARGV[i])
                      elseif kind == 'zset' then redis.call('ZADD', KEYS[1], ARGV[i + 1], ARGV[i])
                      else redis.call('RPUSH', KEYS[1], ARGV[i]) end
                    end
                    redis.call('EXPIRE', KEYS[1], 3600)
                    return 1
                    """);

    /** KEYS: first ARGV[1] keys to delete, then pairs of a staged key and its target. */
    private static final Script PUT_IN_PLACE = new Script(ReturnType.LONG, """
                    local going = tonumber(ARGV[1])
                    for i = 1, going do redis.call('DEL', KEYS[i]) end
                    for i = going + 1, #KEYS, 2 do
                      redis.call('PERSIST', KEYS[i])
                      redis.call('RENAME', KEYS[i], KEYS[i + 1])
                    end
                    return 1
                    """);

    private final RedissonClient redis;
    private final Keys keys;
    private final @Nullable EmbeddedRedis own;

    private SavedState(RedissonClient redis, Keys keys, @Nullable EmbeddedRedis own) {
        this.redis = redis;
        this.keys = keys;
        this.own = own;
    }

    /**
     * Opens the state of a router with these settings: in the Redis at the address, in the router's own Redis, or, if
     * no router runs, in a server that is started for it.
     *
     * @throws StoreStartException with the reason if the state cannot be opened
     */
    public static SavedState open(StoreConfig config) {
        Keys keys = new Keys(config.keyPrefix());
        if (config.address() != null) {
            return new SavedState(dial(RedisAddress.parse(config.address())), keys, null);
        }
        RedisAddress running = RunningRedis.of(config.data());
        if (running != null) {
            return new SavedState(dial(running), keys, null);
        }
        if (!StoredFiles.exist(config.data())) {
            throw new StoreStartException(
                    "there is no state in the data folder " + config.data().toAbsolutePath()
                            + "; name another one with redis.data, or a Redis with redis.address");
        }
        return start(config);
    }

    /** Opens the state in a server that is started for it; there may be no state yet. */
    static SavedState start(StoreConfig config) {
        Keys keys = new Keys(config.keyPrefix());
        EmbeddedRedis own = EmbeddedRedis.start(config.data(), config.server());
        try {
            return new SavedState(dial(own.address()), keys, own);
        } catch (RuntimeException e) {
            own.close();
            throw e;
        }
    }

    private static RedissonClient dial(RedisAddress address) {
        try {
            return Redisson.create(RedissonSettings.of(address, TIMEOUT));
        } catch (RedisException e) {
            throw new StoreStartException(
                    "Redis at " + address + " does not respond: "
                            + StoreFailureReason.of(e).words(),
                    e);
        }
    }

    /** The whole state at one point in time. */
    public List<StoredKey> read() {
        List<String> names = List.copyOf(names());
        return names.isEmpty() ? List.of() : keys(names, run(READ, full(names)));
    }

    private static List<StoredKey> keys(List<String> names, List<String> flat) {
        List<StoredKey> read = new ArrayList<>();
        int at = 0;
        for (String name : names) {
            String type = flat.get(at);
            int end = at + 2 + Integer.parseInt(flat.get(at + 1));
            if (end > at + 2) {
                read.add(new StoredKey(name, type, flat.subList(at + 2, end)));
            }
            at = end;
        }
        return read;
    }

    /** The names of the existing keys, without the prefix. */
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        String start = keys.of("");
        for (String key : redis.getKeys().getKeysByPattern(start + "*")) {
            String name = key.substring(start.length());
            if (!OF_THE_PLACE.contains(name) && !name.startsWith(STAGED) && !name.startsWith(TASKS)) {
                names.add(name);
            }
        }
        return names;
    }

    /** The number of router connections that listen for changes. */
    public long listeners() {
        return redis.getTopic(keys.of("changes"), StringCodec.INSTANCE).countSubscribers();
    }

    /** Replaces the whole state atomically; a failure before that changes nothing. */
    public void replace(Iterable<StoredKey> state) {
        String staging = STAGED + UUID.randomUUID() + ":";
        List<String> places = new ArrayList<>();
        for (StoredKey key : state) {
            stage(staging, key);
            if (!places.contains(key.name())) {
                places.add(key.name());
            }
        }
        List<String> going = new ArrayList<>(names());
        going.addAll(OF_THE_PLACE);
        List<String> touched = new ArrayList<>(going);
        places.forEach(name -> touched.addAll(List.of(staging + name, name)));
        run(PUT_IN_PLACE, full(touched), String.valueOf(going.size()));
    }

    private void stage(String staging, StoredKey key) {
        List<Object> where = full(List.of(staging + key.name()));
        for (int at = 0; at < key.items().size(); at += ITEMS_AT_ONCE) {
            List<Object> arguments = new ArrayList<>(List.of(key.type()));
            arguments.addAll(key.items()
                    .subList(at, Math.min(at + ITEMS_AT_ONCE, key.items().size())));
            run(STAGE, where, arguments.toArray());
        }
    }

    private List<Object> full(List<String> names) {
        return names.stream().<Object>map(keys::of).toList();
    }

    private <T> T run(Script script, List<Object> touched, Object... arguments) {
        return redis.getScript(BYTES).eval(RScript.Mode.READ_WRITE, script.lua(), script.answer(), touched, arguments);
    }

    /** Closes the connection. If a server was started for this, stops it after it has written its data. */
    @Override
    public void close() {
        redis.shutdown();
        if (own != null) {
            own.close();
        }
    }
}
