package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShutdownTest {
    private final List<String> done = new ArrayList<>();

    private Future<?> run(String step) {
        done.add(step);
        return Future.succeededFuture();
    }

    @Test
    void runsEachStepOnceInTheOppositeOrder() {
        Shutdown shutdown = new Shutdown();
        shutdown.add(() -> run("store"));
        shutdown.add(() -> run("monitor"));

        assertThat(shutdown.run().succeeded()).isTrue();
        assertThat(shutdown.run().succeeded()).isTrue();

        assertThat(done).containsExactly("monitor", "store");
    }

    @Test
    void goesOnWhereAStepFailsOrThrows() {
        Shutdown shutdown = new Shutdown();
        shutdown.add(() -> run("store"));
        shutdown.add(() -> {
            throw new IllegalStateException("a bug");
        });
        shutdown.add(() -> Future.failedFuture("the store is away"));

        assertThat(shutdown.run().succeeded()).isTrue();

        assertThat(done).containsExactly("store");
    }
}
