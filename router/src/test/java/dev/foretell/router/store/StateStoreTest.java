package dev.foretell.router.store;

import static dev.foretell.router.store.OpenStore.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.router.store.connection.StoreConfig;
import dev.foretell.router.store.embedded.StoreStartException;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateStoreTest {
    @TempDir
    private Path data;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        await(vertx.close());
    }

    @Test
    void startsItsOwnRedisWithoutAnAddress() {
        StateStore store = await(StateStore.open(vertx, embedded(data)));

        assertThat(store.isUp()).isTrue();
        assertThat(store.describe()).matches("embedded, 127\\.0\\.0\\.1:\\d+");
        await(store.records().put("a", "{}"));
        await(store.close());

        StateStore next = await(StateStore.open(vertx, embedded(data)));
        assertThat(await(next.records().get("a"))).contains("{}");
        await(next.close());
    }

    @Test
    void saysWhyItCannotStart() throws IOException {
        Path file = Files.writeString(data.resolve("file"), "");

        assertThatThrownBy(() -> await(StateStore.open(vertx, embedded(file))))
                .isInstanceOf(StoreStartException.class)
                .hasMessageContaining("is a file");
    }

    private static StoreConfig embedded(Path data) {
        return new StoreConfig(null, data, null, "foretell", Duration.ofSeconds(1));
    }
}
