package dev.foretell.router.store;

import static dev.foretell.router.store.OpenStore.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.identity.WorkerId;
import dev.foretell.router.health.WorkerStatus;
import dev.foretell.router.health.WorkerStatus.State;
import dev.foretell.router.health.WorkerStatuses;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisStatusesTest {
    private static final Instant TIME = Instant.parse("2026-01-01T10:00:00.123456789Z");
    private static final WorkerId FIRST = new WorkerId("first-worker.example", 9001, 0);
    private static final WorkerId SECOND = new WorkerId("fe80::1", 9002, 3);
    private static final WorkerStatus JOINING = new WorkerStatus(State.JOINING, TIME, null, null, 0);
    private static final WorkerStatus DOWN = new WorkerStatus(State.DOWN, TIME, TIME, TIME.plusSeconds(5), 4);

    @RegisterExtension
    static final OpenStore OPEN = new OpenStore();

    private final WorkerStatuses statuses = OPEN.store().statuses();

    @Test
    void loadWhatWasSaved() {
        assertThat(await(statuses.load())).isEmpty();

        await(statuses.save(Map.of(FIRST, JOINING)));
        await(statuses.save(Map.of(SECOND, DOWN)));

        assertThat(await(statuses.load())).isEqualTo(Map.of(FIRST, JOINING, SECOND, DOWN));
    }

    @Test
    void areGoneOnceForgotten() {
        await(statuses.save(Map.of(FIRST, JOINING, SECOND, DOWN)));

        await(statuses.forget(Set.of(FIRST)));

        assertThat(await(statuses.load())).isEqualTo(Map.of(SECOND, DOWN));
    }

    @Test
    void takeNothingFromNothing() {
        await(statuses.save(Map.of()));
        await(statuses.forget(Set.of()));

        assertThat(await(statuses.load())).isEmpty();
    }

    @Test
    void leaveOutWhatSomebodySpoilt() {
        await(statuses.save(Map.of(FIRST, JOINING)));
        OPEN.byHand("HSET {foretell}:states nonsense {} second-9001-0 {} third-9001-0 '{\"state\":\"ASLEEP\"}'");

        assertThat(await(statuses.load())).isEqualTo(Map.of(FIRST, JOINING));
    }
}
