package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is measured is what happened. */
class MetricsTest {
    @RegisterExtension
    static final LiveRouter router = LiveRouter.with(
            "cache.models.AI/kept.ttl",
            "60s",
            "fallback.models.AI/safe.kind",
            "default",
            "fallback.models.AI/safe.answer",
            """
            {"n":0}""");

    private static double count(Exposition metrics, String model, String outcome) {
        return metrics.value("foretell_requests_total{model=AI/" + model + ",outcome=" + outcome + "}");
    }

    private static void serve(String model, FakeWorker worker) {
        router.replace("""
                {"AI":{"%s":[%s],"other":[%s]}}""".formatted(model, worker.entry(), worker.entry()));
        router.awaitState(worker, "READY");
    }

    private static LiveRouter.Answer call(String model, String... headers) {
        return router.predictBody("""
                {"modelId":"%s","data":{"n":2}}""".formatted(model), headers);
    }

    @Test
    void callsAreCountedByHowTheyEnded() {
        FakeWorker worker = router.worker(Scripts.answers("2"));
        serve("mixed", worker);
        Exposition before = Exposition.of(router);

        for (int i = 0; i < 5; i++) {
            assertThat(call("mixed").status()).isEqualTo(200);
        }
        worker.predicts(Scripts.answers(422, """
                {"error":"no"}"""));
        assertThat(call("mixed").status()).isEqualTo(422);
        worker.predicts(Scripts.answers(500, """
                {"error":"broken"}"""));
        assertThat(call("mixed").status()).isEqualTo(502);
        worker.predicts(Scripts.hangs());
        assertThat(call("mixed", "X-Request-Timeout-Ms", "50").status()).isEqualTo(504);
        assertThat(call("nobody").status()).isEqualTo(404);
        assertThat(router.predictBody("{").status()).isEqualTo(400);

        Exposition after = Exposition.of(router);
        assertThat(count(after, "mixed", "ok")).isEqualTo(5);
        assertThat(count(after, "mixed", "client_error")).isEqualTo(1);
        assertThat(count(after, "mixed", "worker_error")).isEqualTo(1);
        assertThat(count(after, "mixed", "timeout")).isEqualTo(1);
        assertThat(count(after, "mixed", "shed")).isZero();
        String unknown = "foretell_requests_total{model=_unknown,outcome=client_error}";
        assertThat(after.value(unknown) - before.value(unknown)).isEqualTo(2);
        assertThat(after.value("foretell_request_duration_seconds_count{model=AI/mixed}"))
                .isEqualTo(8);
        assertThat(after.value("foretell_request_duration_seconds_bucket{le=+Inf,model=AI/mixed}"))
                .isEqualTo(8);
        assertThat(after.value("foretell_request_duration_seconds_sum{model=AI/mixed}"))
                .isGreaterThan(0.05);
        assertThat(after.value("foretell_overhead_seconds_count") - before.value("foretell_overhead_seconds_count"))
                .isEqualTo(5);
        String ofWorker = "foretell_worker_requests_total{model=AI/mixed,outcome=%s,worker=" + worker.id() + "}";
        assertThat(after.value(ofWorker.formatted("ok"))).isEqualTo(5);
        assertThat(after.value(ofWorker.formatted("client_error"))).isEqualTo(1);
        assertThat(after.value(ofWorker.formatted("error_status"))).isEqualTo(1);
        assertThat(after.value(ofWorker.formatted("deadline"))).isEqualTo(1);
        assertThat(after.value("foretell_worker_duration_seconds_count{model=AI/mixed,worker=" + worker.id() + "}"))
                .isEqualTo(6);
    }

    @Test
    void aCallerWhoHangsUpIsNoFailure() throws Exception {
        FakeWorker worker = router.worker(Scripts.hangs());
        serve("left", worker);
        try (RawClient client = RawClient.to(router.port())) {
            String body = """
                    {"modelId":"left","data":{}}""";
            client.say("POST /v1/AI_model/predict HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n"
                    + body);
            org.awaitility.Awaitility.await()
                    .until(() -> worker.calls() == 1
                            && Exposition.of(router).value("foretell_worker_inflight{worker=" + worker.id() + "}")
                                    == 1);
        }

        org.awaitility.Awaitility.await().until(() -> count(Exposition.of(router), "left", "cancelled") == 1);
    }

    @Test
    void answersWithoutAWorkerAreTold() {
        FakeWorker worker = router.worker(Scripts.answers("7"));
        serve("kept", worker);

        assertThat(call("kept").body()).isEqualTo("7");
        assertThat(call("kept").header("X-Router-Cache")).isEqualTo("hit");

        Exposition metrics = Exposition.of(router);
        assertThat(metrics.value("foretell_cache_hits_total{model=AI/kept}")).isEqualTo(1);
        assertThat(count(metrics, "kept", "ok")).isEqualTo(2);
        assertThat(metrics.value("foretell_worker_requests_total{model=AI/kept,outcome=ok,worker=" + worker.id() + "}"))
                .isEqualTo(1);
    }

    @Test
    void whatStandsInIsTold() {
        FakeWorker worker = router.worker(Scripts.answers(500, "{}"));
        serve("safe", worker);

        assertThat(call("safe").header("X-Router-Fallback")).isNotEmpty();

        Exposition metrics = Exposition.of(router);
        assertThat(count(metrics, "safe", "fallback")).isEqualTo(1);
        assertThat(count(metrics, "safe", "worker_error")).isZero();
        assertThat(metrics.value("foretell_fallback_total{model=AI/safe,reason=worker_failed}"))
                .isEqualTo(1);
    }

    @Test
    void aWorkerThatIsGoneHasNoSeries() {
        FakeWorker worker = router.worker(Scripts.answers("2"));
        FakeWorker stays = router.worker(Scripts.answers("2"));
        router.serve(worker, stays);
        router.awaitState(worker, "READY");
        assertThat(Exposition.of(router).value("foretell_worker_state{state=ready,worker=" + worker.id() + "}"))
                .isEqualTo(1);
        assertThat(Exposition.of(router).value("foretell_worker_state{state=down,worker=" + worker.id() + "}"))
                .isZero();

        router.serve(stays);

        assertThat(Exposition.of(router).samples().keySet())
                .noneMatch(sample -> sample.contains(worker.id()))
                .anyMatch(sample -> sample.contains(stays.id()));
    }

    @Test
    void theProcessAndItsMachineAreThereToo() {
        Exposition metrics = Exposition.of(router);

        assertThat(metrics.types())
                .containsEntry("foretell_requests_total", "counter")
                .containsEntry("foretell_request_duration_seconds", "histogram")
                .containsEntry("foretell_router_inflight", "gauge");
        assertThat(metrics.value("foretell_state_store_up")).isEqualTo(1);
        assertThat(metrics.value("foretell_state_age_seconds")).isBetween(0.0, 60.0);
        assertThat(metrics.samples().keySet())
                .anyMatch(sample -> sample.startsWith("jvm_memory_used_bytes"))
                .anyMatch(sample -> sample.startsWith("jvm_threads_live_threads"))
                .anyMatch(sample -> sample.startsWith("jvm_gc_"))
                .anyMatch(sample -> sample.startsWith("process_cpu_usage"))
                .anyMatch(sample -> sample.startsWith("process_cpu_seconds_total"))
                .anyMatch(sample -> sample.startsWith("system_cpus"))
                .noneMatch(sample -> sample.startsWith("process_cpu_time_ns") || sample.startsWith("system_cpu_count"))
                .anyMatch(sample -> sample.startsWith("process_files_open"))
                .anyMatch(sample -> sample.startsWith("system_load_average_1m"))
                .anyMatch(sample -> sample.startsWith("system_memory_total_bytes"))
                .anyMatch(sample -> sample.startsWith("disk_free_bytes"));
    }

    @Test
    void openMetricsIsSpokenToWhoAsksForIt() {
        LiveRouter.Answer answer = router.get("/metrics", "Accept", "application/openmetrics-text; version=1.0.0");

        assertThat(answer.header("Content-Type")).startsWith("application/openmetrics-text");
        assertThat(answer.body()).endsWith("# EOF\n");
        assertThat(router.get("/metrics").header("Content-Type")).startsWith("text/plain; version=0.0.4");
    }
}
