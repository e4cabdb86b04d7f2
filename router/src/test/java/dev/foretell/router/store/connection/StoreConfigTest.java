package dev.foretell.router.store.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.commons.config.ConfigException;
import dev.foretell.commons.config.ConfigLoader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoreConfigTest {
    /** As the router's configuration holds it. */
    record Root(StoreConfig redis) {}

    private static final Root DEFAULTS = new Root(StoreConfig.defaults());

    @Test
    void hasTheseDefaults() {
        assertThat(ConfigLoader.describe(DEFAULTS))
                .isEqualTo(Map.of(
                        "redis.address", "",
                        "redis.data", "data",
                        "redis.server", "",
                        "redis.key-prefix", "foretell",
                        "redis.timeout", "1s"));
    }

    @Test
    void isRead() {
        Root root = ConfigLoader.load(DEFAULTS, """
                redis:
                  address: redis://localhost:6379
                  data: /var/lib/foretell
                  server: /usr/bin/redis-server
                  key-prefix: blue
                  timeout: 500ms
                """, Map.of(), Map.of());

        assertThat(root.redis())
                .isEqualTo(new StoreConfig(
                        "redis://localhost:6379",
                        Path.of("/var/lib/foretell"),
                        "/usr/bin/redis-server",
                        "blue",
                        Duration.ofMillis(500)));
    }

    @Test
    void takesABlankAddressForNone() {
        Root root = ConfigLoader.load(DEFAULTS, "", Map.of("FORETELL_REDIS_ADDRESS", " "), Map.of());

        assertThat(root.redis()).isEqualTo(StoreConfig.defaults());
    }

    @Test
    void refusesWhatCannotWork() {
        assertRefused("address: localhost", "redis: address must be redis://");
        assertRefused("key-prefix: a{b}", "redis: key-prefix must be 1 to 64 letters");
        assertRefused("timeout: 10ms", "redis: timeout must be between 50ms and 1m");
        assertRefused("timeout: 2m", "redis: timeout must be between 50ms and 1m");
    }

    @Test
    void showsNoPassword() {
        StoreConfig config =
                new StoreConfig("redis://:secret@a:1", Path.of("data"), null, "foretell", Duration.ofSeconds(1));

        assertThat(config).hasToString("a:1, keys foretell, timeout 1000 ms");
    }

    private static void assertRefused(String setting, String problem) {
        assertThatThrownBy(() -> ConfigLoader.load(DEFAULTS, "redis:\n  " + setting, Map.of(), Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(problem);
    }
}
