package dev.foretell.router.upstream.breaker;

import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One call noted in a failure window, a microsecond after the one before. */
@State(Scope.Thread)
public class WindowAdd {
    private final FailureWindow window = new FailureWindow(Duration.ofSeconds(10));
    private long now;

    @Benchmark
    public void add() {
        now += 1000;
        window.add((now & 1023) == 0, now);
    }
}
