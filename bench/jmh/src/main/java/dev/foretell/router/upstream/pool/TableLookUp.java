package dev.foretell.router.upstream.pool;

import dev.foretell.commons.wire.RoutingMap;
import dev.foretell.router.balance.BalanceConfig;
import dev.foretell.router.routing.RoutingConfig;
import dev.foretell.router.routing.RoutingTable;
import dev.foretell.router.upstream.breaker.BreakerConfig;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** From a model id to its pool, each model in turn. */
@State(Scope.Thread)
public class TableLookUp {
    @Param({"1", "10000"})
    private int models;

    private Vertx vertx;
    private EndpointPools pools;
    private String[] names;
    private int next;

    @Setup
    public void prepare() {
        vertx = Vertx.vertx();
        pools = new EndpointPools(
                vertx,
                BalanceConfig.defaults(),
                BreakerConfig.defaults(),
                RoutingConfig.defaults(),
                WarmUpConfig.defaults(),
                System::nanoTime);
        names = IntStream.range(0, models).mapToObj(i -> "model-" + i).toArray(String[]::new);
        String map = IntStream.range(0, models)
                .mapToObj(i -> "\"model-" + i + "\":[{\"host\":\"w\",\"port\":1,\"local_worker_id\":0}]")
                .collect(Collectors.joining(",", "{\"AI\":{", "}}"));
        RoutingTable empty = RoutingTable.EMPTY;
        pools.follow(empty, empty.after(empty.replace(RoutingMap.parse(map.getBytes(StandardCharsets.UTF_8)))));
    }

    @TearDown
    public void close() {
        vertx.close();
    }

    @Benchmark
    public EndpointPool require() {
        next = next + 1 == models ? 0 : next + 1;
        return pools.require("AI", names[next]);
    }
}
