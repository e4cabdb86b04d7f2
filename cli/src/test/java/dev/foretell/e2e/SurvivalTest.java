package dev.foretell.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the platform engineer fears at three in the morning, with real processes and real signals. */
class SurvivalTest {
    private static final String FUNCTION = "fib=dev.foretell.examples.Fib::predict";
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @Test
    void aRouterKilledInTrafficFindsItsMapAndCountsAgain() {
        try (Child worker = worker();
                Child first = router(0)) {
            String url = first.url();
            String map = map(worker);
            Http.put(url + "/v1/model_workers_map", map);
            Traffic traffic = Traffic.of(8, () -> Http.predict(url, "fib", 10));
            await().atMost(LONG).until(() -> traffic.answered() > 200);
            int longAgo = traffic.answered();
            long since = System.nanoTime();
            await().atMost(LONG).until(() -> System.nanoTime() - since > TimeUnit.MILLISECONDS.toNanos(1500));

            first.kill();
            traffic.close();

            try (Child second = router(first.port())) {
                awaitReady(second.url());
                assertThat(Http.get(url + "/v1/model_workers_map").body()).isEqualTo(map);
                int counted = Http.get(url + "/elb-healthcheck")
                        .json()
                        .path("requests")
                        .path("fib")
                        .path("localhost-" + worker.port() + "-0")
                        .asInt();
                assertThat(counted).isBetween(longAgo, traffic.answered() + 8);
                assertThat(Http.predict(url, "fib", 10).body()).isEqualTo("89");
            }
        }
    }

    @Test
    void aWorkerKilledUnderSixtyFourCallersFailsNoCall() {
        try (Child one = worker();
                Child two = worker();
                Child router = router(0)) {
            String url = router.url();
            Http.put(url + "/v1/model_workers_map", map(one, two));
            Traffic traffic = Traffic.of(64, () -> Http.predict(url, "fib", 10));
            await().atMost(LONG).until(() -> traffic.answered() > 500);

            one.kill();
            int atKill = traffic.answered();
            await().atMost(LONG).until(() -> traffic.answered() > atKill + 1000);
            traffic.close();

            assertThat(traffic.failed()).isEmpty();
            assertThat(state(url, one)).isEqualTo("DOWN");
            assertThat(state(url, two)).isEqualTo("READY");
        }
    }

    @Test
    void aFrozenWorkerHoldsUpNoCallPastItsDeadline() throws Exception {
        try (Child one = worker();
                Child two = worker();
                Child router = router(0)) {
            String url = router.url();
            Http.put(url + "/v1/model_workers_map", map(one, two));
            Traffic traffic = Traffic.of(16, () -> Http.predict(url, "fib", 10));
            await().atMost(LONG).until(() -> traffic.answered() > 200);

            signal("STOP", one.pid());
            await().atMost(LONG).until(() -> state(url, one).equals("DOWN"));
            int atLoss = traffic.answered();
            await().atMost(LONG).until(() -> traffic.answered() > atLoss + 200);
            signal("CONT", one.pid());
            await().atMost(LONG).until(() -> state(url, one).equals("READY"));
            traffic.close();

            assertThat(traffic.failed()).isEmpty();
        }
    }

    @Test
    void withoutRedisPredictionsGoOnAndWritesSaySo() throws Exception {
        try (Child worker = worker();
                Child router = router(0)) {
            String url = router.url();
            Http.put(url + "/v1/model_workers_map", map(worker));
            assertThat(Http.predict(url, "fib", 10).body()).isEqualTo("89");
            long redis = router.descendant("redis").pid();

            signal("STOP", redis);
            Http.Reply refused = Http.put(url + "/v1/model_workers_map", map(worker));
            Http.Reply predicted = Http.predict(url, "fib", 10);
            await().atMost(LONG)
                    .until(() -> Http.get(url + "/readyz")
                            .json()
                            .path("store")
                            .asText()
                            .equals("away"));
            signal("CONT", redis);

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.json().path("code").asText()).isEqualTo("STATE_STORE_UNAVAILABLE");
            assertThat(predicted).isEqualTo(new Http.Reply(200, "89"));
            await().atMost(LONG)
                    .until(() ->
                            Http.put(url + "/v1/model_workers_map", map(worker)).status() == 200);
            assertThat(Http.get(url + "/v1/model_workers_map").body()).isEqualTo(map(worker));
        }
    }

    @Test
    void aRedisThatIsKilledComesBackWithEverything() throws Exception {
        try (Child worker = worker();
                Child router = router(0)) {
            String url = router.url();
            Http.put(url + "/v1/model_workers_map", map(worker));
            ProcessHandle redis = router.descendant("redis");

            signal("KILL", redis.pid());
            redis.onExit().join();
            Http.Reply predicted = Http.predict(url, "fib", 10);

            assertThat(predicted.body()).isEqualTo("89");
            await().atMost(LONG)
                    .until(() ->
                            Http.put(url + "/v1/model_workers_map", map(worker)).status() == 200);
            assertThat(router.terminate()).isZero();
            try (Child second = router(0)) {
                awaitReady(second.url());
                assertThat(Http.get(second.url() + "/v1/model_workers_map").body())
                        .isEqualTo(map(worker));
            }
        }
    }

    @Test
    void aWorkerThatRegistersItselfLeavesWithoutAFailedCall() {
        try (Child router = router(0)) {
            String url = router.url();
            try (Child one = selfRegistered(url);
                    Child two = selfRegistered(url)) {
                one.url();
                two.url();
                await().atMost(LONG)
                        .until(
                                () -> Http.get(url + "/v1/model_workers_map?model-type=AI")
                                                .json()
                                                .findValuesAsText("state")
                                                .stream()
                                                .filter("READY"::equals)
                                                .count()
                                        == 2);
                Traffic traffic = Traffic.of(16, () -> Http.predict(url, "fib", 10));
                await().atMost(LONG).until(() -> traffic.answered() > 200);

                int exit = one.terminate();
                int atLeave = traffic.answered();
                await().atMost(LONG).until(() -> traffic.answered() > atLeave + 200);
                traffic.close();

                assertThat(exit).isZero();
                assertThat(traffic.failed()).isEmpty();
                assertThat(Http.get(url + "/v1/model_workers_map?model-type=AI")
                                .json()
                                .size())
                        .isEqualTo(1);
            }
        }
    }

    private static Child worker() {
        return Child.foretell("worker", FUNCTION, "-b", "127.0.0.1:0");
    }

    private static Child selfRegistered(String router) {
        return Child.foretell("worker", FUNCTION, "-b", "127.0.0.1:0", "--router", router, "--type", "AI");
    }

    private Child router(int port) {
        return Child.foretell(
                "router",
                "--port",
                Integer.toString(port),
                "--data",
                folder.toString(),
                "--set",
                "health.interval=500ms",
                "--set",
                "health.timeout=2s");
    }

    private static String map(Child... workers) {
        StringBuilder entries = new StringBuilder();
        for (Child worker : workers) {
            entries.append(entries.isEmpty() ? "" : ", ")
                    .append("{\"host\": \"localhost\", \"port\": ")
                    .append(worker.port())
                    .append(", \"local_worker_id\": 0}");
        }
        return "{\"AI\": {\"fib\": [" + entries + "]}}";
    }

    private static String state(String router, Child worker) {
        return Http.get(router + "/v1/model_workers_map?model-type=AI")
                .json()
                .path("localhost-" + worker.port() + "-0")
                .path("state")
                .asText();
    }

    private static void awaitReady(String router) {
        await().atMost(LONG).until(() -> Http.get(router + "/readyz").status() == 200);
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
        assertThat(kill.waitFor()).isZero();
    }
}
