package dev.foretell.router.store;

import static dev.foretell.router.store.OpenStore.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.WorkerId;
import dev.foretell.router.routing.LeaseKey;
import dev.foretell.router.routing.Leases;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisLeasesTest {
    private static final LeaseKey FIRST = lease("first-worker.example", 0);
    private static final LeaseKey SECOND = lease("::1", 7);

    @RegisterExtension
    static final OpenStore OPEN = new OpenStore();

    private final Leases.Store leases = OPEN.store().leases();

    @Test
    void runOutAfterTheirTime() {
        await(leases.renew(Map.of(FIRST, Duration.ofMillis(100), SECOND, Duration.ofMinutes(1))));

        assertThat(await(leases.expired())).isEmpty();
        await().untilAsserted(() -> assertThat(await(leases.expired())).containsOnlyKeys(FIRST));
        await().untilAsserted(() ->
                assertThat(await(leases.expired()).get(FIRST)).isBetween(Duration.ofMillis(1), Duration.ofSeconds(5)));
    }

    @Test
    void lastLongerOnceRenewed() {
        await(leases.renew(Map.of(FIRST, Duration.ofMillis(-10))));
        assertThat(await(leases.expired())).containsOnlyKeys(FIRST);

        await(leases.renew(Map.of(FIRST, Duration.ofMinutes(1))));

        assertThat(await(leases.expired())).isEmpty();
    }

    @Test
    void areGoneOnceForgotten() {
        await(leases.renew(Map.of(FIRST, Duration.ofMillis(-10), SECOND, Duration.ofMillis(-10))));

        await(leases.forget(Set.of(FIRST)));

        assertThat(await(leases.expired())).containsOnlyKeys(SECOND);
    }

    @Test
    void runOutAtMostThousandAtOnce() {
        await(leases.renew(IntStream.range(0, 1500)
                .boxed()
                .collect(Collectors.toMap(i -> lease("localhost", i), i -> Duration.ofMillis(-i)))));

        Map<LeaseKey, Duration> first = await(leases.expired());
        await(leases.forget(first.keySet()));

        assertThat(first).hasSize(1000);
        assertThat(await(leases.expired())).hasSize(500);
    }

    @Test
    void takeNothingFromNothing() {
        await(leases.renew(Map.of()));
        await(leases.forget(Set.of()));

        assertThat(await(leases.expired())).isEmpty();
    }

    @Test
    void forgetWhatSomebodySpoilt() {
        OPEN.byHand("ZADD {foretell}:leases 1 nonsense 2 AI/fib/localhost-port-0");
        await(leases.renew(Map.of(FIRST, Duration.ofMillis(-10))));

        assertThat(await(leases.expired())).containsOnlyKeys(FIRST);

        assertThat(OPEN.byHand("ZCARD {foretell}:leases")).isEqualTo(":1");
    }

    private static LeaseKey lease(String host, int localId) {
        return new LeaseKey(new ModelKey("AI", "fib"), new WorkerId(host, 9001, localId));
    }
}
