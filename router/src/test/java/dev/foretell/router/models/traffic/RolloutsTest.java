package dev.foretell.router.models.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.time.Deadline;
import dev.foretell.router.admission.Priority;
import dev.foretell.router.balance.BalanceConfig;
import dev.foretell.router.models.ModelRegistry;
import dev.foretell.router.models.Placements;
import dev.foretell.router.models.Registered;
import dev.foretell.router.models.RegisteredModel;
import dev.foretell.router.models.TrafficPlan;
import dev.foretell.router.predict.VersionRouter;
import dev.foretell.router.predict.call.CallContext;
import dev.foretell.router.predict.call.CallPreferences;
import dev.foretell.router.predict.call.PredictCall;
import dev.foretell.router.routing.RoutingConfig;
import dev.foretell.router.routing.RoutingTables;
import dev.foretell.router.upstream.breaker.BreakerConfig;
import dev.foretell.router.upstream.call.RequestOptions;
import dev.foretell.router.upstream.pool.EndpointPools;
import dev.foretell.router.upstream.pool.WarmUpConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where calls go, and what moves them, at a router that has no hosts. */
class RolloutsTest {
    private static final Vertx VERTX = Vertx.vertx();

    private final Registered.KeptModels kept = new Registered.KeptModels();
    private final ModelRegistry registry = new ModelRegistry(kept);
    private final EndpointPools pools = new EndpointPools(
            VERTX,
            BalanceConfig.defaults(),
            BreakerConfig.defaults(),
            RoutingConfig.defaults(),
            WarmUpConfig.defaults(),
            System::nanoTime);
    private final Placements placements =
            new Placements(new RoutingTables(new Registered.KeptTable()), registry, pools);
    private final VersionTraffic traffic = new VersionTraffic(pools, () -> new Random(1));
    private boolean filesAreLost;
    private final Rollouts rollouts = new Rollouts(
            VERTX, registry, pools, digest -> Future.succeededFuture(!filesAreLost), Duration.ofMillis(100));

    @AfterAll
    static void close() {
        VERTX.close();
    }

    @BeforeEach
    void follow() {
        placements.onChange(pools::follow);
        registry.onChange((before, after) -> traffic.follow(after));
        placements.follow();
    }

    private void register(RegisteredModel... models) {
        kept.state = Registered.models(registry.current().revision() + 1, models);
        assertThat(registry.reconcile().succeeded()).isTrue();
    }

    private static PredictCall call(String id) {
        return call(id, null);
    }

    private static PredictCall call(String id, @Nullable String stickyKey) {
        return new PredictCall(
                "AI",
                id,
                Buffer.buffer("{}"),
                CallPreferences.of(stickyKey, Priority.NORMAL, false),
                CallContext.own(Deadline.after(Duration.ofSeconds(1), System.nanoTime())),
                RequestOptions.USUAL);
    }

    private String directed(String id, String stickyKey) {
        return traffic.direct(call(id, stickyKey)).modelId();
    }

    private String directed(String id) {
        return traffic.direct(call(id)).modelId();
    }

    private static FailureKind failure(Future<?> future) throws Exception {
        Throwable cause = future.transform(done -> Future.succeededFuture(done.cause()))
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
        assertThat(cause).isInstanceOf(ServingException.class);
        return ((ServingException) cause).kind();
    }

    private static void assertFails(ThrowingCallable step, FailureKind kind, String why) {
        Assertions.assertThatThrownBy(step)
                .hasMessageContaining(why)
                .isInstanceOfSatisfying(
                        ServingException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind));
    }

    @Test
    void aVersionThatNoHostHasReadyIsNotPromoted() throws Exception {
        register(Registered.model("iris", 2, TrafficPlan.allTo(1)));

        assertThat(failure(rollouts.promote("iris", 2, 1))).isEqualTo(FailureKind.CONFLICT);
        assertThat(failure(rollouts.plan("iris", Registered.weights(Map.of(1, 95, 2, 5)), null)))
                .isEqualTo(FailureKind.CONFLICT);

        assertThat(registry.current().find("iris").orElseThrow().traffic()).isEqualTo(TrafficPlan.allTo(1));
        assertThat(directed("iris")).isEqualTo("iris:1");
    }

    @Test
    void aVersionWhoseFileIsLostIsNotPromoted() {
        register(Registered.model("iris", 2, TrafficPlan.allTo(1)));
        filesAreLost = true;

        Future<RegisteredModel> promoted = rollouts.promote("iris", 2, null);

        assertThat(promoted.cause()).hasMessageContaining("version 2 of 'iris' has lost its file");
        assertThat(directed("iris")).isEqualTo("iris:1");
    }

    @Test
    void whatHasCallsAlreadyMayHaveMore() {
        register(Registered.model("iris", 2, Registered.weights(Map.of(1, 50, 2, 50))));

        assertThat(rollouts.promote("iris", 2, null).succeeded()).isTrue();

        assertThat(directed("iris")).isEqualTo("iris:2");
    }

    @Test
    void callsWithoutARegisteredModelAreLeftAlone() {
        PredictCall call = call("fib");
        assertThat(traffic.direct(call)).isSameAs(call);

        register(Registered.model("iris", 1, TrafficPlan.allTo(1)), Registered.model("rose", 1, TrafficPlan.allTo(1)));
        assertThat(traffic.direct(call)).isSameAs(call);
    }

    @Test
    void anUnknownIdIsServedByTheTypesOnlyModelHoweverManyVersionsItHas() {
        register(Registered.model("iris", 3, TrafficPlan.allTo(2)));

        assertThat(directed("anything")).isEqualTo("iris:2");
        assertFails(() -> directed("iris:4"), FailureKind.MODEL_NOT_FOUND, "no version or alias '4' of model 'iris'");
    }

    @Test
    void aModelThatIsNotLoadedSaysSoUnderAllItsIds() {
        register(Registered.model("iris", 1, TrafficPlan.allTo(1)).withAliases(Map.of("prod", 1)));
        assertThat(directed("iris:prod")).isEqualTo("iris:1");

        register(Registered.model("iris", 1, TrafficPlan.allTo(1))
                .withAliases(Map.of("prod", 1))
                .withLoaded(false));

        assertFails(() -> directed("iris"), FailureKind.NO_WORKER, "model 'iris' is not loaded");
        assertFails(() -> directed("iris:prod"), FailureKind.NO_WORKER, "model 'iris' is not loaded");
        assertFails(() -> directed("iris:1"), FailureKind.NO_WORKER, "model 'iris' is not loaded");
    }

    @Test
    void aCanaryIsTakenBackOnceAndStaysSo() {
        TrafficPlan plan = new TrafficPlan(Map.of(1, 50, 2, 50), new TrafficPlan.Canary(2, 10, 0.05, 2), null, null);
        register(Registered.model("iris", 2, plan));
        CanaryGuard guard = new CanaryGuard(
                traffic, registry, Clock.fixed(Instant.parse("2026-11-21T10:00:00.5Z"), ZoneOffset.UTC));
        guard.look();
        assertThat(registry.current().find("iris").orElseThrow().traffic()).isEqualTo(plan);

        VersionRouter.Watch watch = traffic.watch(call("iris:2"), true);
        for (int i = 0; i < 9; i++) {
            watch.onFailure(new ServingException(FailureKind.WORKER_FAILED, "broken"));
        }
        assertThat(directed("iris", "key of iris:2")).isEqualTo("iris:2");
        watch.onFailure(new ServingException(FailureKind.WORKER_FAILED, "broken"));

        TrafficPlan after = registry.current().find("iris").orElseThrow().traffic();
        assertThat(after.weights()).isEqualTo(Map.of(1, 100, 2, 0));
        assertThat(after.note())
                .isEqualTo("2026-11-21T10:00:00Z: version 2 rolled back after 10 calls:"
                        + " 100.0 % failed, of the others' 0.0 %");
        guard.look();
        assertThat(registry.current().find("iris").orElseThrow().traffic()).isSameAs(after);
        assertThat(directed("iris", "key of iris:2")).isEqualTo("iris:1");
    }
}
