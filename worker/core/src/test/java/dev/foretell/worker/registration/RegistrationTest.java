package dev.foretell.worker.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegistrationTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        join(vertx.close());
    }

    @Test
    void registersEachFunctionAsAModelAndRenewsByTheSameWords() throws Exception {
        try (ScriptedRouter router = new ScriptedRouter(0)) {
            join(registration(router.url(), "", List.of("fib", "iris")).start());

            var first = router.next();
            var second = router.next();

            assertThat(first.method()).isEqualTo("PUT");
            assertThat(first.path()).isEqualTo("/v1/model_workers_map");
            assertThat(first.authorization()).isEqualTo("Bearer secret");
            assertThat(first.epoch()).isEqualTo("this-process");
            assertThat(first.body()).isEqualTo("""
                            {"AI": {"fib": [{"host": "127.0.0.1", "port": 4711, "local_worker_id": 0, \
                            "function": "fib", "lease_ms": 1500}], "iris": [{"host": "127.0.0.1", "port": 4711, \
                            "local_worker_id": 0, "function": "iris", "lease_ms": 1500}]}}""");
            assertThat(second).isEqualTo(first);
        }
    }

    @Test
    void failsWithTheRoutersWordsIfItIsRefused() throws Exception {
        try (ScriptedRouter router = new ScriptedRouter(0)) {
            router.answers(403, """
                    {"status":403,"detail":"workers must be on 10.0.0.0/8"}""");

            assertThatThrownBy(() ->
                            join(registration(router.url(), "", List.of("fib")).start()))
                    .hasRootCauseInstanceOf(RefusedException.class)
                    .hasRootCauseMessage("the router answered 403: workers must be on 10.0.0.0/8");
        }
    }

    @Test
    void saysThatTheUrlIsNoRouters() throws Exception {
        try (ScriptedRouter router = new ScriptedRouter(0)) {
            router.answers(404, """
                    {"status":404,"detail":"nothing is here"}""");

            assertThatThrownBy(() -> join(registration(router.url() + "/v1", "", List.of("fib"))
                            .start()))
                    .hasRootCauseMessage(
                            "the router answered 404: nothing is here; a router's URL has no path: leave /v1"
                                    + " out of " + router.url() + "/v1");
            assertThatThrownBy(() ->
                            join(registration(router.url(), "", List.of("fib")).start()))
                    .hasRootCauseMessage("the router answered 404: nothing is here; is " + router.url() + " a router?");
        }
    }

    @Test
    void triesOnUntilTheRouterIsThere() throws Exception {
        int port;
        try (ScriptedRouter router = new ScriptedRouter(0)) {
            port = router.port();
        }
        Registration registration = registration("http://127.0.0.1:" + port, "", List.of("fib"));

        join(registration.start());

        try (ScriptedRouter router = new ScriptedRouter(port)) {
            assertThat(router.next().method()).isEqualTo("PUT");
        }
    }

    @Test
    void goesOnAfterTheRouterHasRefusedARenewalOrBroken() throws Exception {
        try (ScriptedRouter router = new ScriptedRouter(0)) {
            join(registration(router.url(), "", List.of("fib")).start());
            router.next();

            router.answers(503, "{}");
            router.next();
            router.answers(409, "{}");
            router.next();
            router.answersNothing();
            router.next();
            router.answers(200, "{}");

            assertThat(router.next().method()).isEqualTo("PUT");
        }
    }

    @Test
    void takesItselfOutOfTheMap() throws Exception {
        try (ScriptedRouter router = new ScriptedRouter(0)) {
            Registration registration = registration(router.url(), "fibonacci", List.of("fib"));
            join(registration.start());
            router.next();

            join(registration.close());

            var last = router.nextButRenewals();
            assertThat(last.method()).isEqualTo("DELETE");
            assertThat(last.path()).isEqualTo("/v1/model_workers_map/AI/fibonacci/127.0.0.1-4711-0");
        }
    }

    @Test
    void leavesInTimeEvenIfTheRouterSaysNothing() throws Exception {
        try (ScriptedRouter router = new ScriptedRouter(0)) {
            Registration registration = registration(router.url(), "", List.of("fib"));
            join(registration.start());
            router.answersNothing();

            join(registration.close());
        }
    }

    @Test
    void givesAModelNameToOneFunctionOnly() {
        assertThatThrownBy(() -> registration("http://localhost:1", "model", List.of("a", "b")))
                .hasMessageContaining("one function only");
    }

    @Test
    void backsOffFromOneSecondToFive() {
        Backoff backoff = new Backoff(Duration.ofSeconds(15), new Random(1));

        assertThat(backoff.afterSuccess()).isBetween(4_500L, 5_000L);
        assertThat(backoff.afterFailure()).isBetween(900L, 1_000L);
        assertThat(backoff.afterFailure()).isBetween(1_800L, 2_000L);
        assertThat(backoff.afterFailure()).isBetween(3_600L, 4_000L);
        assertThat(backoff.afterFailure()).isBetween(4_500L, 5_000L);
        assertThat(backoff.afterFailure()).isBetween(4_500L, 5_000L);
        assertThat(backoff.afterSuccess()).isBetween(4_500L, 5_000L);
        assertThat(backoff.afterFailure()).isBetween(900L, 1_000L);
    }

    @Test
    void advertisesWhatTheRouterCanReach() {
        assertThat(AdvertisedHost.host("", "127.0.0.1")).isEqualTo("127.0.0.1");
        assertThat(AdvertisedHost.host("", "10.1.2.3")).isEqualTo("10.1.2.3");
        assertThat(AdvertisedHost.host("worker.local", "0.0.0.0")).isEqualTo("worker.local");
        assertThat(AdvertisedHost.host("", "0.0.0.0")).isNotEqualTo("0.0.0.0");
    }

    private Registration registration(String router, String model, List<String> functions) {
        RegistrationConfig config = new RegistrationConfig(
                new RegistrationConfig.Routers(RouterUrls.split(router), "secret", Duration.ofSeconds(5)),
                new RegistrationConfig.Identity("AI", model, "", 0),
                Duration.ofMillis(1_500));
        return new Registration(
                vertx, config, new Registration.Self(functions, "127.0.0.1", 4711, "this-process"), new Random(1));
    }

    private static <T> T join(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
