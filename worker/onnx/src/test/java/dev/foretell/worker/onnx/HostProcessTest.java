package dev.foretell.worker.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.worker.onnx.shelf.ShelfConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostProcessTest {
    private static final long GIB = 1L << 30;

    private final List<String> ends = new ArrayList<>();
    private long resident = GIB;
    private @Nullable String stuck;
    private long now;
    private final HostProcess process =
            new HostProcess(2 * GIB, () -> OptionalLong.of(resident()), this::stuck, () -> now, ends::add);

    private long resident() {
        return resident;
    }

    private @Nullable String stuck() {
        return stuck;
    }

    @AfterEach
    void close() {
        process.close();
    }

    @Test
    void endsWhenItTakesMoreMemoryThanItMay() {
        process.look();
        assertThat(ends).isEmpty();

        resident = 2 * GIB + 1;
        process.look();

        assertThat(ends)
                .containsExactly("this host takes 2048 MB of memory, more than the 2048 MB that shelf.memory and"
                        + " onnx.run-memory make");
    }

    @Test
    void endsWhenItsThreadsHaveBeenStuckForHalfAMinute() {
        stuck = "all threads are stuck";
        process.look();
        later(29);
        stuck = null;
        later(1);
        stuck = "all threads are stuck";
        later(1);
        later(29);
        assertThat(ends).isEmpty();

        later(1);

        assertThat(ends).containsExactly("all threads are stuck; that has been so for 30 s");
    }

    private void later(int seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
        process.look();
    }

    @Test
    void mayTakeItsModelsTwiceAndItsRuns() {
        assertThat(HostMemory.bound(HostConfig.defaults(), 100 * GIB)).isEqualTo(3 * GIB);
        assertThat(HostMemory.bound(HostConfig.defaults().with(shelf("4g")), 100 * GIB))
                .isEqualTo(10 * GIB);
    }

    @Test
    void neverMoreThanTheMachineHas() {
        assertThat(HostMemory.bound(HostConfig.defaults(), 2 * GIB)).isLessThan(2 * GIB);
    }

    @Test
    void leavesModelsAndRunsWhatJavaDoesNotNeed() {
        assertThat(HostMemory.room(HostConfig.defaults(), 100 * GIB)).isEqualTo(2 * GIB);
        assertThat(HostMemory.room(HostConfig.defaults().with(shelf("4g")), 3 * GIB))
                .isBetween(GIB, 2 * GIB);
        assertThat(HostMemory.room(HostConfig.defaults(), GIB)).isZero();
    }

    private static ShelfConfig shelf(String memory) {
        ShelfConfig shelf = ShelfConfig.defaults();
        return new ShelfConfig(
                memory, shelf.data(), shelf.disk(), shelf.loaders(), shelf.fetchTimeout(), shelf.failureMemory());
    }
}
