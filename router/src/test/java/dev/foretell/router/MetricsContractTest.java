package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The metrics that users are promised, with their types and labels, at a router that has had calls of every kind;
 * {@link BatchTest} has those of batches.
 */
class MetricsContractTest {
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with(
            "breaker.min-calls", "4",
            "admission.models.AI/good", "8",
            "fallback.models.AI/safe.kind", "default",
            "fallback.models.AI/safe.answer", "{\"n\":0}");

    @TempDir
    Path folder;

    /** Names of all families, each between spaces. */
    static String families(LiveRouter router) {
        return router.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ")[2])
                .collect(Collectors.joining("  ", " ", " "));
    }

    private static void predict(String model) {
        router.predictBody("""
                {"modelId":"%s","data":{"n":2}}""".formatted(model));
    }

    @BeforeEach
    void haveCallsOfEveryKind() {
        FakeWorker good = router.worker(Scripts.answers("2"));
        FakeWorker bad = router.worker(Scripts.answers(500, "{}"));
        router.replace("""
                {"AI":{"fib":[%s,%s],"safe":[%s],"good":[%s]}}""".formatted(good.entry(), bad.entry(), bad.entry(), good.entry()));
        router.awaitState(good, "READY");
        await().until(() -> router.get("/metrics").body().contains("state=\"ready\",worker=\"" + bad.id() + "\"} 1")
                || router.get("/metrics").body().contains("worker=\"" + bad.id() + "\",state=\"ready\"} 1"));
        assertThat(router.put("/v1/ensembles/some", """
                {"merge":"mean","quorum":1,"members":["good","safe"]}""").status()).isLessThan(300);
        IntStream.range(0, 10).forEach(n -> predict("fib"));
        List.of("safe", "some", "nobody").forEach(MetricsContractTest::predict);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            foretell_requests_total                 | counter   | model version outcome
            foretell_request_duration_seconds       | histogram | model
            foretell_queue_duration_seconds         | summary   | model
            foretell_overhead_seconds               | histogram |
            foretell_inflight                       | gauge     | model
            foretell_queue_depth                    | gauge     | model priority
            foretell_concurrency_limit              | gauge     | model
            foretell_worker_requests_total          | counter   | worker model outcome
            foretell_worker_duration_seconds        | summary   | worker model
            foretell_worker_state                   | gauge     | worker state
            foretell_worker_inflight                | gauge     | worker
            foretell_ejections_total                | counter   | worker reason
            foretell_retries_total                  | counter   | model reason
            foretell_retry_budget_exhausted_total   | counter   | model
            foretell_hedges_total                   | counter   | model won
            foretell_fallback_total                 | counter   | model reason
            foretell_ensemble_members_missing_total | counter   | ensemble
            foretell_jobs                           | gauge     | state
            foretell_state_revision                 | gauge     |
            foretell_state_age_seconds              | gauge     |
            foretell_state_store_up                 | gauge     |
            foretell_panic                          | gauge     | model
            """)
    void areAllThere(String name, String type, String labels) {
        String text = router.get("/metrics").body();

        assertThat(text).contains("# TYPE " + name + " " + type + "\n").contains("# HELP " + name + " ");
        assertThat(labels(text, name)).containsAll(labels == null ? Set.of() : Set.of(labels.split(" ")));
    }

    private static Set<String> labels(String text, String name) {
        Matcher sample = Pattern.compile("(?m)^" + name + "(?:_bucket|_count|_sum)?(?:\\{([^}]*)})? ")
                .matcher(text);
        assertThat(sample.find()).as("a sample of " + name).isTrue();
        String labels = sample.group(1) == null ? "" : sample.group(1);
        return LABEL.matcher(labels).results().map(label -> label.group(1)).collect(Collectors.toSet());
    }

    @Test
    void prometheusHasNothingAgainstThem() throws IOException {
        Promtool.assumeInstalled();
        Path scrape = Files.writeString(
                folder.resolve("metrics"), router.get("/metrics").body());

        Promtool.Verdict verdict = Promtool.check(scrape, "check", "metrics");

        assertThat(verdict.words()).isEmpty();
        assertThat(verdict.isClean()).isTrue();
    }
}
