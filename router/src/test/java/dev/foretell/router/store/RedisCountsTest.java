package dev.foretell.router.store;

import static dev.foretell.router.store.OpenStore.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.counts.CountKey;
import dev.foretell.router.counts.RequestCounts;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisCountsTest {
    private static final CountKey FIB = new CountKey("AI", "fib", "localhost-9001-0");
    private static final CountKey OTHER = new CountKey("AI", "_other", "localhost-9001-0");

    @RegisterExtension
    static final OpenStore OPEN = new OpenStore();

    private StateStore router;
    private RequestCounts.Store counts;

    /** A router process of its own: sequences begin anew. */
    @BeforeEach
    void open() {
        router = OPEN.openAnother();
        counts = router.counts();
    }

    @AfterEach
    void close() {
        await(router.close());
    }

    @Test
    void addUp() {
        assertThat(await(counts.add(1, Map.of(FIB, 3L)))).isEqualTo(Map.of(FIB, 3L));
        assertThat(await(counts.add(2, Map.of(FIB, 4L, OTHER, 1L)))).isEqualTo(Map.of(FIB, 7L, OTHER, 1L));

        assertThat(await(counts.load())).isEqualTo(Map.of(FIB, 7L, OTHER, 1L));
    }

    @Test
    void addTheSameSequenceOnlyOnce() {
        await(counts.add(1, Map.of(FIB, 3L)));

        assertThat(await(counts.add(1, Map.of(FIB, 3L)))).isEqualTo(Map.of(FIB, 3L));

        assertThat(await(counts.add(2, Map.of(FIB, 3L)))).isEqualTo(Map.of(FIB, 6L));
    }

    @Test
    void addTheSameSequenceOfEachRouter() {
        await(counts.add(1, Map.of(FIB, 3L)));

        assertThat(await(OPEN.store().counts().add(1, Map.of(FIB, 4L)))).isEqualTo(Map.of(FIB, 7L));
    }

    @Test
    void areFoldedOnce() {
        CountKey gone = new CountKey(FIB.type(), FIB.model(), "_gone");
        await(counts.add(1, Map.of(FIB, 3L, OTHER, 1L, gone, 10L)));

        await(counts.fold(Map.of(FIB, gone)));
        await(counts.fold(Map.of(FIB, gone)));

        assertThat(await(counts.load())).isEqualTo(Map.of(OTHER, 1L, gone, 13L));
    }

    @Test
    void keepLargeTotalsExact() {
        long large = 1L << 52;

        await(counts.add(1, Map.of(FIB, large)));

        assertThat(await(counts.add(2, Map.of(FIB, 1L)))).isEqualTo(Map.of(FIB, large + 1));
    }

    @Test
    void addManyAtOnce() {
        Map<CountKey, Long> many = IntStream.range(0, 10_000)
                .boxed()
                .collect(Collectors.toMap(i -> new CountKey("AI", "model-" + i, "localhost-9001-0"), i -> 1L));

        assertThat(await(counts.add(1, many))).isEqualTo(many);
    }

    @Test
    void forgetRoutersSilentForADay() {
        OPEN.byHand("HSET {foretell}:flushes long-gone 5@1000 spoilt nonsense recent 5@99999999999");

        await(counts.add(1, Map.of(FIB, 1L)));

        assertThat(OPEN.byHand("HEXISTS {foretell}:flushes long-gone")).isEqualTo(":0");
        assertThat(OPEN.byHand("HEXISTS {foretell}:flushes spoilt")).isEqualTo(":0");
        assertThat(OPEN.byHand("HEXISTS {foretell}:flushes recent")).isEqualTo(":1");
    }

    @Test
    void beginAnewWhereSomebodySpoiltATotal() {
        OPEN.byHand("HSET {foretell}:counts AI/fib/localhost-9001-0 nonsense no-count 7");

        assertThat(await(counts.load())).isEmpty();
        assertThat(await(counts.add(1, Map.of(FIB, 2L, OTHER, 1L)))).isEqualTo(Map.of(FIB, 2L, OTHER, 1L));
        assertThat(await(counts.load())).isEqualTo(Map.of(FIB, 2L, OTHER, 1L));
    }
}
