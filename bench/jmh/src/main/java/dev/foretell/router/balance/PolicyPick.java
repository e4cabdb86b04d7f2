package dev.foretell.router.balance;

import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One choice among candidates of different load. */
@State(Scope.Thread)
public class PolicyPick {
    @Param({"RANDOM", "ROUND_ROBIN", "LEAST_INFLIGHT", "P2C", "CONSISTENT_HASH"})
    private PolicyName policy;

    @Param({"2", "16"})
    private int candidates;

    private Policy chosen;
    private Candidates<Loaded> all;
    private long key;

    private record Loaded(int inFlight, double latencyNanos, int weight, long identity) implements Candidate {}

    @Setup
    public void prepare() {
        chosen = policy.create(RandomBits.PER_THREAD);
        all = new Candidates<>(IntStream.range(0, candidates)
                .mapToObj(i -> new Loaded(i % 5, 1e6 + i, 100, 0x9E3779B97F4A7C15L * i))
                .toList());
    }

    @Benchmark
    public int pick() {
        return chosen.choose(all, key++);
    }
}
