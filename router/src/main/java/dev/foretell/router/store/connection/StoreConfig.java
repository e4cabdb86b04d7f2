package dev.foretell.router.store.connection;

import dev.foretell.commons.config.Secret;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the routers keep their state: the section {@code redis} of the configuration.
 *
 * @param address the Redis to use; absent: the router runs its own. {@code redis://[[user]:password@]host:port[/db]} or
 *     {@code rediss://…} for one server, several of these separated by commas for a Cluster, and {@code
 *     redis+sentinel://[[user]:password@]host:port[,host:port…]/master[/db]}
 * @param data the folder of the router's own Redis; unused with an address
 * @param server the program of the router's own Redis: a file, or a name on the {@code PATH}; absent: the shipped one
 * @param keyPrefix the prefix of every key; routers with the same prefix on one Redis share their state
 * @param timeout maximum time of one command, 50 ms to 1 minute
 */
public record StoreConfig(
        @Secret @Nullable String address,
        Path data,
        @Nullable String server,
        String keyPrefix,
        Duration timeout) {
    private static final Duration MIN = Duration.ofMillis(50);
    private static final Duration MAX = Duration.ofMinutes(1);

    public StoreConfig {
        address = address == null || address.isBlank() ? null : address.strip();
        server = server == null || server.isBlank() ? null : server.strip();
        if (address != null) {
            var unused = RedisAddress.parse(address);
        }
        if (!keyPrefix.matches("[A-Za-z0-9._:-]{1,64}")) {
            throw new IllegalArgumentException("key-prefix must be 1 to 64 letters, digits, dots, dashes, colons or"
                    + " underscores, not '" + keyPrefix + "'");
        }
        if (timeout.compareTo(MIN) < 0 || timeout.compareTo(MAX) > 0) {
            throw new IllegalArgumentException("timeout must be between 50ms and 1m");
        }
    }

    public static StoreConfig defaults() {
        return new StoreConfig(null, Path.of("data"), null, "foretell", Duration.ofSeconds(1));
    }

    /** Omits the address, which may contain a password. */
    @Override
    public String toString() {
        String where = address == null
                ? "embedded in " + data
                : RedisAddress.parse(address).toString();
        return where + ", keys " + keyPrefix + ", timeout " + timeout.toMillis() + " ms";
    }
}
