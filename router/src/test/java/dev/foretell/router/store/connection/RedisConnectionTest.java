package dev.foretell.router.store.connection;

import static dev.foretell.router.store.OpenStore.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.routing.RoutingChange;
import dev.foretell.router.store.OpenStore;
import dev.foretell.router.store.StateStore;
import dev.foretell.router.store.embedded.EmbeddedRedis;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisConnectionTest {
    private static final Duration TIMEOUT = Duration.ofMillis(800);
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path data;

    private final Vertx vertx = Vertx.vertx();
    private EmbeddedRedis redis;
    private StateStore store;

    @BeforeEach
    void open() {
        redis = EmbeddedRedis.start(data, null);
        store = open(OpenStore.url(redis));
    }

    @AfterEach
    void close() {
        await(store.close());
        redis.close();
        await(vertx.close());
    }

    @Test
    void failsInTimeWhileRedisIsFrozenAndComesBack() throws Exception {
        AtomicInteger returns = new AtomicInteger();
        store.onUp(returns::incrementAndGet);
        signal("STOP");

        assertUnavailable(store.records().all());
        await().atMost(SOON).until(() -> !store.isUp());
        signal("CONT");

        await().atMost(SOON).until(store::isUp);
        assertEmpty(store);
        assertThat(returns).hasValue(1);
    }

    @Test
    void comesBackAndHearsAgainAfterRedisWasKilled() {
        List<RoutingChange> heard = new CopyOnWriteArrayList<>();
        store.routing().listen(heard::add);
        await().atMost(SOON).untilAsserted(() -> await(store.records().put("a", "{}")));
        long killed = redis.pid();

        ProcessHandle.of(redis.pid()).orElseThrow().destroyForcibly();

        await().atMost(SOON).until(() -> redis.pid() != killed);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(await(store.records().get("a"))).contains("{}"));
        await().until(() -> OpenStore.byHand(redis, "PUBLISH {foretell}:changes '{\"base\":7}'")
                .equals(":1"));
        await().until(() -> heard.contains(new RoutingChange(7, Map.of())));
    }

    @Test
    void waitsForARedisThatIsNotThereYet() {
        redis.close();
        StateStore early = open(OpenStore.url(redis));
        assertThat(early.isUp()).isFalse();
        assertUnavailable(early.records().all());

        redis = EmbeddedRedis.start(data, null);

        await().atMost(SOON).until(early::isUp);
        assertEmpty(early);
        await(early.close());
    }

    @Test
    void staysAwayFromARedisThatRefusesThePassword() {
        StateStore stranger = open("redis://:guess@127.0.0.1:" + redis.port());

        assertThat(stranger.isUp()).isFalse();
        assertUnavailable(stranger.records().all());
        await(stranger.close());
    }

    @Test
    void staysAwayFromWhatIsNoRedis() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            StateStore lost = open("redis://127.0.0.1:" + silent.getLocalPort());

            assertThat(lost.isUp()).isFalse();
            assertUnavailable(lost.records().all());
            await(lost.close());
        }
    }

    @Test
    void takesNoMoreCommandsThanItCanHold() throws Exception {
        signal("STOP");
        List<Future<List<String>>> waiting = new ArrayList<>();
        IntStream.range(0, 256).forEach(i -> waiting.add(store.records().all()));

        Future<List<String>> tooMany = store.records().all();

        assertThat(waiting).noneMatch(Future::isComplete);
        assertThat(tooMany.failed()).isTrue();
        waiting.forEach(RedisConnectionTest::assertUnavailable);
        signal("CONT");
        await().atMost(SOON).until(store::isUp);
        assertEmpty(store);
    }

    private StateStore open(String url) {
        return await(StateStore.open(vertx, new StoreConfig(url, data, null, "foretell", TIMEOUT)));
    }

    private static void assertUnavailable(Future<?> answer) {
        assertThatThrownBy(() -> await(answer)).isInstanceOfSatisfying(ServingException.class, failure -> {
            assertThat(failure.kind()).isEqualTo(FailureKind.STATE_STORE_UNAVAILABLE);
            assertThat(failure.detail()).isEqualTo("the state store is away; nothing was changed");
        });
    }

    private static void assertEmpty(StateStore store) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(await(store.records().all())).isEmpty());
    }

    private void signal(String signal) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(redis.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }
}
