package dev.foretell.router.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.wire.RoutingMap;
import dev.foretell.commons.wire.WorkerEntry;
import dev.foretell.router.routing.RoutingChange;
import dev.foretell.router.routing.RoutingTable;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.*;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisRoutingTest {
    @Test
    void loadsWhatWasCommitted(@TempDir Path data) throws Exception {
        Vertx vertx = Vertx.vertx();
        long s = System.nanoTime();
        StateStore store = StateStore.open(vertx, new StoreConfig(null, data, "foretell", Duration.ofSeconds(1)))
                .await(10, TimeUnit.SECONDS);
        System.out.println("OPEN " + (System.nanoTime() - s) / 1000000 + " " + store.describe() + store.isUp());
        Map<ModelKey, Optional<RoutingMap.Model>> models = new HashMap<>();
        for (int i = 0; i < 10000; i++) {
            models.put(
                    new ModelKey("AI", "m" + i),
                    Optional.of(new RoutingMap.Model(
                            null,
                            List.of(
                                    WorkerEntry.of("localhost", 9001, 0),
                                    WorkerEntry.of("localhost", 9001, 1),
                                    WorkerEntry.of("localhost", 9001, 2),
                                    WorkerEntry.of("localhost", 9001, 3)))));
        }
        for (int k = 0; k < 3; k++) {
            s = System.nanoTime();
            store.routing().commit(new RoutingChange(k, models)).await(10, TimeUnit.SECONDS);
            System.out.println("COMMIT " + (System.nanoTime() - s) / 1000000);
            s = System.nanoTime();
            RoutingTable table = store.routing().load().await(10, TimeUnit.SECONDS);
            System.out.println("LOAD " + (System.nanoTime() - s) / 1000000);
            assertThat(table.models()).hasSize(10000);
            assertThat(table.revision()).isEqualTo(k + 1);
        }
        s = System.nanoTime();
        store.close().await(10, TimeUnit.SECONDS);
        System.out.println("CLOSE " + (System.nanoTime() - s) / 1000000);
        vertx.close();
    }
}
