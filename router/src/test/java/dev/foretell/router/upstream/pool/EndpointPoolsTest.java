package dev.foretell.router.upstream.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.wire.RoutingMap;
import dev.foretell.commons.wire.WorkerIndex;
import dev.foretell.router.balance.BalanceConfig;
import dev.foretell.router.balance.PolicyName;
import dev.foretell.router.routing.LeaseKey;
import dev.foretell.router.routing.RoutingConfig;
import dev.foretell.router.routing.RoutingTable;
import dev.foretell.router.upstream.breaker.BreakerConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EndpointPoolsTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final ModelKey FIB = new ModelKey("AI", "fib");

    private final List<String> events = new ArrayList<>();
    private final EndpointPools pools = pools(RoutingConfig.defaults());
    private RoutingTable table = RoutingTable.EMPTY;

    private static EndpointPools pools(RoutingConfig routing) {
        return new EndpointPools(
                VERTX,
                BalanceConfig.defaults(),
                BreakerConfig.defaults(),
                routing,
                WarmUpConfig.defaults(),
                System::nanoTime);
    }

    @AfterAll
    static void close() {
        VERTX.close();
    }

    @BeforeEach
    void listen() {
        pools.onEndpoints(joined -> events.add("+" + joined), left -> events.add("-" + left));
    }

    private void table(String json) {
        RoutingTable next = json.equals("{}")
                ? new RoutingTable(table.revision() + 1, java.util.Map.of())
                : table.after(table.replace(RoutingMap.parse(json.getBytes(StandardCharsets.UTF_8))));
        pools.follow(table, next);
        table = next;
    }

    private EndpointPool fib() {
        return pools.find(FIB).orElseThrow();
    }

    private Endpoint endpoint(int index) {
        return fib().endpoints().get(index);
    }

    private void allUp() {
        pools.hosts().forEach(host -> host.onProbePass(null));
    }

    @Test
    void workersOfSeveralModelsShareTheirEndpoint() {
        table("""
                {"AI":{"fib":[{"host":"h","port":1}],"sum":[{"host":"h","port":1},{"host":"h","port":1,\
                "local_worker_id":1}]}}""");
        assertThat(events).containsExactly("+h:1");

        table("""
                {"AI":{"sum":[{"host":"h","port":1}]}}""");
        assertThat(events).containsExactly("+h:1");

        table("{}");
        assertThat(events).containsExactly("+h:1", "-h:1");
        assertThat(pools.all()).isEmpty();
    }

    @Test
    void whatDidNotChangeKeepsItsEndpoint() {
        table("""
                {"AI":{"fib":[{"host":"h","port":1}]}}""");
        Endpoint before = endpoint(0);

        table("""
                {"AI":{"fib":[{"host":"h","port":1},{"host":"h","port":2}]}}""");

        assertThat(endpoint(0)).isSameAs(before);
    }

    @Test
    void offersNobodyBeforeTheFirstProbeAndNobodyTwice() {
        table("""
                {"AI":{"fib":[{"host":"h","port":1},{"host":"h","port":2}]}}""");
        assertThat(fib().take(0, List.of())).isEmpty();

        allUp();
        Slot first = fib().take(0, List.of()).orElseThrow();
        Slot second = fib().take(0, List.of(first.endpoint())).orElseThrow();

        assertThat(second.endpoint()).isNotSameAs(first.endpoint());
        assertThat(fib().take(0, List.of(first.endpoint(), second.endpoint()))).isEmpty();
    }

    @Test
    void nobodyWaitsForTheFirstProbeOfAWorkerThatHasLeft() {
        table("""
                {"AI":{"fib":[{"host":"h","port":1}]}}""");
        Future<Void> probed = fib().firstProbes();
        assertThat(probed.isComplete()).isFalse();

        table("{}");

        assertThat(probed.isComplete()).isTrue();
    }

    @Test
    void aWorkerThatComesBackOrSaysSomethingElseIsRenewed() {
        table("""
                {"AI":{"fib":[{"host":"h","port":1}]}}""");
        AtomicInteger renewals = new AtomicInteger();
        WorkerHost host = endpoint(0).host();
        host.onRenewal(renewals::incrementAndGet);
        WorkerIndex index = new WorkerIndex("a", "1", Map.of());

        host.onProbePass(index);
        host.onProbePass(index);
        host.onProbePass(null);
        assertThat(renewals).hasValue(0);

        host.onProbePass(new WorkerIndex("a", "2", Map.of()));
        assertThat(renewals).hasValue(1);
        host.markLost();
        host.onProbePass(new WorkerIndex("a", "2", Map.of()));
        assertThat(renewals).hasValue(2);
    }

    @Test
    void aSlotIsReleasedOnce() {
        table("""
                {"AI":{"fib":[{"host":"h","port":1}]}}""");
        allUp();
        Slot slot = fib().take(0, List.of()).orElseThrow();
        assertThat(endpoint(0).inFlight()).isEqualTo(1);

        slot.release();
        slot.release();

        assertThat(endpoint(0).inFlight()).isZero();
    }

    @Test
    void aLostLeaseStaysLostWhenTheModelsPolicyChanges() {
        table("""
                {"AI":{"fib":[{"host":"h","port":1,"lease_ms":1000}]}}""");
        allUp();
        pools.leaseLost(new LeaseKey(FIB, endpoint(0).worker()), true);
        assertThat(fib().take(0, List.of())).isEmpty();

        table("""
                {"AI":{"fib":{"policy":"random","workers":[{"host":"h","port":1,"lease_ms":1000}]}}}""");

        assertThat(endpoint(0).isLeaseLost()).isTrue();
        assertThat(fib().take(0, List.of())).isEmpty();
    }

    @Test
    void anUnknownIdIsServedByTheOnlyModelOfItsTypeUnlessThatIsTurnedOff() {
        String map = """
                {"AI":{"fib":[{"host":"h","port":1}]},"B":{"x":[{"host":"h","port":1}]}}""";
        table(map);
        EndpointPools rejecting = pools(new RoutingConfig(RoutingConfig.UnknownModel.REJECT, 100));
        rejecting.follow(RoutingTable.EMPTY, table);

        assertThat(pools.require("AI", "anything")).isSameAs(fib());
        assertThatThrownBy(() -> rejecting.require("AI", "anything"))
                .isInstanceOf(ServingException.class)
                .hasMessage("no model 'anything' of type AI");
        assertThatThrownBy(() -> pools.require("A", "fib")).hasMessage("no model type 'A'; did you mean AI, B?");
    }

    @Test
    void aHostsFunctionsAreFoundWhateverTheSetting() {
        EndpointPools rejecting = pools(new RoutingConfig(RoutingConfig.UnknownModel.REJECT, 100));
        table("""
                {"hosts":{"onnx":[{"host":"h","port":1}]}}""");
        rejecting.follow(RoutingTable.EMPTY, table);

        assertThat(rejecting.require("hosts", "inspect").model().toString()).isEqualTo("hosts/onnx");
    }

    @Test
    void neverMoreThanTheGivenShareMayBeEjected() {
        table("""
                {"AI":{"fib":[{"host":"h","port":1}]}}""");
        assertThat(mayEject(0.5)).isFalse();
        assertThat(mayEject(1)).isTrue();

        table("""
                {"AI":{"fib":[{"host":"h","port":1},{"host":"h","port":2},{"host":"h","port":3}]}}""");
        allUp();
        assertThat(mayEject(0.5)).isTrue();
        for (int i = 0; i < 20; i++) {
            endpoint(0).breaker().record(true, System.nanoTime());
            endpoint(1).breaker().record(true, System.nanoTime());
        }

        assertThat(endpoint(0).isEjected()).isTrue();
        assertThat(endpoint(1).isEjected()).isFalse();
        assertThat(mayEject(0.5)).isFalse();
    }

    private void serve(int workers) {
        table(IntStream.rangeClosed(1, workers)
                .mapToObj(port -> """
                        {"host":"h","port":%s}""".formatted(port))
                .collect(Collectors.joining(",", """
                        {"AI":{"fib":[""", "]}}")));
        allUp();
    }

    private void eject(int index) {
        for (int i = 0; i < 20; i++) {
            endpoint(index).breaker().record(true, System.nanoTime());
        }
        assertThat(endpoint(index).isEjected()).isTrue();
    }

    @Test
    void theEjectedOneOfTwoStaysOut() {
        serve(2);

        eject(0);

        assertThat(fib().isPanicking()).isFalse();
        for (int i = 0; i < 50; i++) {
            assertThat(fib().take(0, List.of()).orElseThrow().endpoint()).isSameAs(endpoint(1));
        }
    }

    @Test
    void ejectionsAreIgnoredWhileLessThanHalfOfAPoolIsRoutable() {
        serve(4);
        eject(0);
        eject(1);
        assertThat(fib().isPanicking()).isFalse();

        endpoint(2).host().markLost();

        assertThat(fib().isPanicking()).isTrue();
        assertThat(Stream.generate(() -> fib().take(0, List.of()).orElseThrow().endpoint())
                        .limit(200)
                        .distinct())
                .containsExactlyInAnyOrder(endpoint(0), endpoint(1), endpoint(3));

        endpoint(2).host().onProbePass(null);

        assertThat(fib().isPanicking()).isFalse();
    }

    @Test
    void aBusyEndpointIsPassedOverWhileAnotherIsRoutable() {
        serve(2);

        endpoint(0).leaveAlone(Duration.ofSeconds(30));

        for (int i = 0; i < 50; i++) {
            assertThat(fib().take(0, List.of()).orElseThrow().endpoint()).isSameAs(endpoint(1));
        }
        assertThat(fib().take(0, List.of(endpoint(1))).orElseThrow().endpoint()).isSameAs(endpoint(0));
        endpoint(1).leaveAlone(Duration.ofSeconds(30));
        assertThat(Stream.generate(() -> fib().take(0, List.of()).orElseThrow().endpoint())
                        .limit(200)
                        .distinct())
                .hasSize(2);
    }

    @Test
    void aCallThatHoldsThePoolFindsItsWorkersWhenThePolicyChanges() {
        serve(2);
        EndpointPool held = fib();

        table("""
                {"AI":{"fib":{"policy":"random","workers":[{"host":"h","port":1}]}}}""");

        assertThat(held.take(0, List.of())).isPresent();
        assertThat(held.policy()).isEqualTo(PolicyName.RANDOM);
    }

    @Test
    void countsOutliveAChangeOfPolicy() {
        serve(2);
        eject(0);

        table("""
                {"AI":{"fib":{"policy":"random","workers":[{"host":"h","port":1}]}}}""");

        assertThat(fib().tally().ejections()).isEqualTo(1);
    }

    @Test
    void callsInFlightAreThoseOfEachAddressOnce() {
        table("""
                {"AI":{"fib":[{"host":"h","port":1},{"host":"h","port":1,"local_worker_id":1},{"host":"h",\
                "port":2}]}}""");
        allUp();

        for (int i = 0; i < 5; i++) {
            assertThat(fib().take(0, List.of())).isPresent();
        }

        assertThat(fib().inFlight()).isEqualTo(5);
    }

    private boolean mayEject(double share) {
        AtomicBoolean allowed = new AtomicBoolean();
        fib().ejectIfAllowed(share, () -> allowed.set(true));
        return allowed.get();
    }
}
