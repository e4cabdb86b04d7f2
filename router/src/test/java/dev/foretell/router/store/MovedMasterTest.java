package dev.foretell.router.store;

import static dev.foretell.router.store.OpenStore.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.foretell.router.routing.RoutingChange;
import dev.foretell.router.store.connection.StoreConfig;
import dev.foretell.router.store.embedded.EmbeddedRedis;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One address that leads to the master, as a service name or a virtual address does; open connections stay where they are. */
class MovedMasterTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final String USER = "ACL SETUSER router on >word ~* &* +@all";

    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private EmbeddedRedis first;
    private EmbeddedRedis second;
    private NetServer address;
    private StateStore store;
    private volatile int master;

    @BeforeEach
    void open() {
        first = EmbeddedRedis.start(folder.resolve("first"), null);
        second = EmbeddedRedis.start(folder.resolve("second"), null);
        OpenStore.byHand(first, USER);
        OpenStore.byHand(second, USER);
        master = first.port();
        address = await(vertx.createNetServer().connectHandler(this::lead).listen(0, "127.0.0.1"));
        String url = "redis://router:word@127.0.0.1:" + address.actualPort();
        store = await(StateStore.open(vertx, new StoreConfig(url, folder, null, "foretell", Duration.ofSeconds(5))));
    }

    private void lead(NetSocket router) {
        router.pause();
        vertx.createNetClient().connect(master, "127.0.0.1").onSuccess(redis -> {
            redis.pipeTo(router);
            router.pipeTo(redis);
            router.resume();
        });
    }

    @AfterEach
    void close() {
        await(store.close());
        first.close();
        second.close();
        await(vertx.close());
    }

    @Test
    void aMasterThatBecameAReplicaIsLeftForTheOneTheAddressLeadsToNow() {
        List<RoutingChange> heard = new CopyOnWriteArrayList<>();
        store.routing().listen(heard::add);
        assertThat(store.isUp()).isTrue();

        master = second.port();
        OpenStore.byHand(first, "REPLICAOF 127.0.0.1 1");
        await().atMost(SOON).until(() -> !store.isUp());
        await().atMost(SOON).until(store::isUp);

        await(store.records().put("a", "{}"));
        assertThat(OpenStore.byHand(second, "EXISTS {foretell}:records")).isEqualTo(":1");
        await().atMost(SOON)
                .until(() -> OpenStore.byHand(second, "PUBLISH {foretell}:changes '{\"base\":7}'")
                        .equals(":1"));
        await().atMost(SOON).until(() -> heard.contains(new RoutingChange(7, Map.of())));
    }
}
