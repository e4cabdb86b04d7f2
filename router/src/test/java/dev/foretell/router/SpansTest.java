package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.FakeWorker.Call;
import dev.foretell.router.LiveRouter.Answer;
import dev.foretell.tracing.Collector;
import dev.foretell.tracing.Collector.Received;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Recorded calls reach a collector span by span, and workers learn their places in the trace. */
class SpansTest {
    private static final Collector COLLECTOR = Collector.start();
    private static final String SPAN = "b7ad6b7169203331";

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with(
            "tracing.endpoint",
            COLLECTOR.url(),
            "tracing.sample",
            "0",
            "balance.policy",
            "round_robin",
            "retry.backoff",
            "0ms",
            "retry.max-backoff",
            "0ms",
            "deadline.by-default",
            "60s",
            "batch.models.AI/joined",
            "8",
            "batch.window",
            "200ms",
            "admission.models.AI/one",
            "1",
            "admission.max-wait",
            "60s");

    @AfterAll
    static void stop() {
        COLLECTOR.close();
    }

    private static String parent(String traceId) {
        return "00-" + traceId + "-" + SPAN + "-01";
    }

    private static String id(int number) {
        return "%032x".formatted(0xfeed_0000L + number);
    }

    private static Received only(List<Received> spans, String name) {
        return spans.stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The spans of a call, whose own span ends last. */
    private static List<Received> spansOf(String traceId) {
        Awaitility.await()
                .until(() -> COLLECTOR.trace(traceId, 1).stream()
                        .anyMatch(span -> span.name().equals("predict")));
        return COLLECTOR.trace(traceId, 1);
    }

    private static void serve(String model, FakeWorker... workers) {
        router.replace("""
                {"AI":{"%s":[%s]}}""".formatted(
                model,
                String.join(",", Stream.of(workers).map(FakeWorker::entry).toList())));
        Stream.of(workers).forEach(worker -> router.awaitState(worker, "READY"));
    }

    @Test
    void aRetriedCallHasASpanPerAttemptUnderTheCallersSpan() {
        FakeWorker broken = router.worker(answers(500, "{}"));
        FakeWorker well = router.worker(answers("2"));
        serve("fib", broken, well);

        // Round robin sends one of two calls to the broken worker first.
        router.predict("traceparent", parent(id(1)), "X-Request-Id", "mine");
        router.predict("traceparent", parent(id(2)), "X-Request-Id", "mine");

        List<Received> spans = spansOf(id(1)).size() == 3 ? spansOf(id(1)) : spansOf(id(2));
        assertThat(spans).extracting(Received::service).containsOnly("foretell-router");
        assertThat(spans).extracting(Received::name).containsExactly("attempt", "attempt", "predict");
        Received call = only(spans, "predict");
        assertThat(call.parent()).isEqualTo(SPAN);
        assertThat(call.attributes())
                .containsEntry("foretell.model", "AI/fib")
                .containsEntry("foretell.request_id", "mine")
                .containsEntry("foretell.attempts", "2");
        Received first = spans.get(0);
        Received second = spans.get(1);
        assertThat(List.of(first, second)).allSatisfy(attempt -> {
            assertThat(attempt.name()).isEqualTo("attempt");
            assertThat(attempt.parent()).isEqualTo(call.id());
        });
        assertThat(first.attributes())
                .containsEntry("foretell.worker", broken.id())
                .containsEntry("foretell.attempt", "1")
                .containsEntry("error.type", "error_status");
        assertThat(second.attributes())
                .containsEntry("foretell.worker", well.id())
                .containsEntry("foretell.attempt", "2")
                .containsEntry("foretell.retried_failure", "error_status")
                .containsEntry("http.response.status_code", "200");
    }

    /** By its exemplar a slow bucket leads to the span of a call that was in it. */
    @Test
    void aTracedCallIsTheExemplarOfItsBucket() {
        FakeWorker worker = router.worker(answers("2"));
        serve("exemplary", worker);
        String call = """
                {"modelId":"exemplary","data":{"n":2}}""";

        router.predictBody(call);
        assertThat(openMetrics()).doesNotContain("trace_id");
        router.predictBody(call, "traceparent", parent(id(81)));

        String span = only(spansOf(id(81)), "predict").id();
        assertThat(openMetrics())
                .matches("(?s)foretell_request_duration_seconds_bucket\\{[^}]*} [0-9]+ # \\{span_id=\"" + span
                        + "\",trace_id=\"" + id(81) + "\"} [0-9.]+(E-[0-9]+)? [0-9.]+\n");
        assertThat(router.get("/metrics").body()).doesNotContain("trace_id");
    }

    /** The lines of that model's durations with an exemplar. */
    private static String openMetrics() {
        return router.get("/metrics", "Accept", "application/openmetrics-text")
                .body()
                .lines()
                .filter(line -> line.startsWith("foretell_request_duration_seconds_bucket{model=\"AI/exemplary\""))
                .filter(line -> line.contains(" # "))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void theWorkerLearnsItsAttemptAndTheCallersState() {
        FakeWorker worker = router.worker(answers("2"));
        serve("fib", worker);

        router.predict("traceparent", parent(id(3)), "tracestate", "a=1");

        Received attempt = only(spansOf(id(3)), "attempt");
        assertThat(worker.last().headers())
                .containsEntry("traceparent", "00-" + id(3) + "-" + attempt.id() + "-01")
                .containsEntry("tracestate", "a=1");
    }

    @Test
    void aCallThatIsNotRecordedTellsItsWorkerSo() {
        FakeWorker worker = router.worker(answers("2"));
        serve("fib", worker);

        router.predict();
        assertThat(worker.last().headers().get("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");

        String unsampled = "00-" + id(4) + "-" + SPAN + "-00";
        router.predict("traceparent", unsampled);
        assertThat(worker.last().headers()).containsEntry("traceparent", unsampled);

        router.predict("traceparent", "00-" + id(5) + "-0000000000000000-01", "tracestate", "a=1");
        assertThat(worker.last().headers().get("traceparent")).endsWith("-00").doesNotContain(id(5));
        assertThat(worker.last().headers()).doesNotContainKey("tracestate");
    }

    @Test
    void aWaitForThePermitIsASpan() {
        CountDownLatch answered = new CountDownLatch(1);
        FakeWorker worker = router.worker(call -> {
            try {
                answered.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            call.answer(200, "2");
        });
        serve("one", worker);

        CompletableFuture<Answer> first = predictAsync("one", "1", parent(id(6)));
        Awaitility.await().until(() -> worker.calls() == 1);
        CompletableFuture<Answer> second = predictAsync("one", "2", parent(id(7)));
        Awaitility.await()
                .until(() -> router.get("/metrics")
                        .body()
                        .lines()
                        .anyMatch(line -> line.matches("foretell_queue_depth\\{model=\"AI/one\".*} 1(\\.0)?")));
        answered.countDown();

        assertThat(first.join().status()).isEqualTo(200);
        assertThat(second.join().status()).isEqualTo(200);
        List<Received> spans = spansOf(id(7));
        Received queue = only(spans, "queue");
        assertThat(queue.parent()).isEqualTo(only(spans, "predict").id());
        assertThat(queue.attributes()).containsEntry("foretell.admitted", "true");
        assertThat(spansOf(id(6))).extracting(Received::name).containsExactly("attempt", "predict");
    }

    /** A worker of the model whose calls are joined; it keeps its batches here. */
    private static FakeWorker joining(Queue<Call> batches) {
        return router.worker(call -> {
                    if (!call.headers().containsKey("X-Foretell-Batch")) {
                        call.answer(200, "2");
                        return;
                    }
                    batches.add(call);
                    call.answer(
                            200,
                            "["
                                    + String.join(
                                            ",",
                                            IntStream.range(0, call.json().size())
                                                    .mapToObj(i -> "{\"status\":200,\"body\":2}")
                                                    .toList())
                                    + "]");
                })
                .says("""
                        {"functions":{"joined":{"path":"/joined","batch":{"max":8}}}}""");
    }

    @Test
    void aBatchOfCallsThatAreNotRecordedTellsItsWorkerSo() {
        Queue<Call> batches = new ConcurrentLinkedQueue<>();
        serve("joined", joining(batches));

        List<CompletableFuture<Answer>> calls = IntStream.range(60, 80)
                .mapToObj(i -> predictAsync("joined", "1", "00-" + id(i) + "-" + SPAN + "-00"))
                .toList();
        calls.forEach(call -> assertThat(call.join().status()).isEqualTo(200));

        assertThat(batches)
                .isNotEmpty()
                .allSatisfy(batch -> assertThat(batch.headers().get("traceparent"))
                        .matches("00-0{24}feed00[0-9a-f]{2}-" + SPAN + "-00"));
    }

    @Test
    void eachCallOfABatchHasTheSpanOfItsBatch() {
        Queue<Call> batches = new ConcurrentLinkedQueue<>();
        FakeWorker worker = joining(batches);
        serve("joined", worker);

        List<String> traces = IntStream.range(10, 40).mapToObj(SpansTest::id).toList();
        List<CompletableFuture<Answer>> calls = traces.stream()
                .map(trace -> predictAsync("joined", "1", parent(trace)))
                .toList();
        calls.forEach(call -> assertThat(call.join().status()).isEqualTo(200));

        assertThat(batches).isNotEmpty();
        Call batch = batches.iterator().next();
        List<Received> spans = traces.stream()
                .flatMap(trace -> spansOf(trace).stream())
                .filter(span -> span.name().equals("batch"))
                .toList();
        String place = batch.headers().get("traceparent");
        Received first = spans.stream()
                .filter(span -> place.equals("00-" + span.traceId() + "-" + span.id() + "-01"))
                .findFirst()
                .orElseThrow();
        assertThat(first.attributes())
                .containsEntry("foretell.batch_size", batch.headers().get("X-Foretell-Batch"))
                .containsEntry("foretell.worker", worker.id());
        assertThat(spans.stream().filter(span -> span.links().contains(first.id())))
                .hasSize(batch.json().size() - 1);
    }

    @Test
    void failuresAreWordsAndNoSpanHoldsAPayloadOrAKey() {
        FakeWorker worker = router.worker(answers(422, """
                {"error":"payload-secret is bad"}""", "X-Foretell-Error-Of", "function"));
        serve("fib", worker);

        router.predictBody(
                """
                {"modelId":"fib","data":{"n":"payload-secret"}}""", "traceparent", parent(id(8)), "Authorization", "Bearer key-secret", "X-Sticky-Key", "key-secret");
        router.predictBody("""
                {"modelId":"none","data":{}}""", "traceparent", parent(id(9)));

        assertThat(only(spansOf(id(8)), "predict").attributes()).containsEntry("error.type", "INVALID_INPUT");
        assertThat(spansOf(id(9))).isNotEmpty();
        assertThat(COLLECTOR.spans())
                .allSatisfy(span -> assertThat(span.toString()).doesNotContain("secret"));
    }

    @Test
    void theSpansAreCounted() {
        serve("fib", router.worker(answers("2")));
        router.predict("traceparent", parent(id(50)));
        spansOf(id(50));

        Awaitility.await()
                .until(() -> router.get("/metrics")
                        .body()
                        .lines()
                        .anyMatch(line -> line.matches("foretell_spans_total\\{outcome=\"exported\"} [1-9].*")));
        assertThat(router.get("/metrics").body()).contains("foretell_spans_total{outcome=\"dropped\"} 0");
    }

    private static CompletableFuture<Answer> predictAsync(String model, String n, String traceParent) {
        return CompletableFuture.supplyAsync(() ->
                router.post("/v1/AI_model/" + model + "/predict", "{\"n\":" + n + "}", "traceparent", traceParent));
    }
}
