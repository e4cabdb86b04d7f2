package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import dev.foretell.router.LiveRouter.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each alert of {@code conf/observability} fires when its fault happens at a live router, and none fires before. Prometheus' own rule
 * engine judges the samples of real scrapes: counters go on as between the two scrapes, minute by minute, and gauges stay.
 */
class AlertsTest {
    private static final Path FOLDER =
            Path.of("../conf/observability").toAbsolutePath().normalize();
    private static final Path RULES = FOLDER.resolve("alerts.yaml");
    private static final Pattern SAMPLE = Pattern.compile("(foretell_[a-z_]+)(\\{[^}]*})? ([^ ]+)");
    private static final String LABELS = "job=\"foretell\",instance=\"router:8000\"";

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with(
            "breaker.ejection", "300s",
            "breaker.min-calls", "5",
            "balance.policy", "round_robin",
            "admission.models.AI/full", "1",
            "retry.budget-min", "0",
            "retry.budget", "0",
            "tasks.trainer", "false");

    @TempDir
    Path folder;

    /** What goes wrong, by the name of its alert. */
    private enum Fault {
        ForetellRouterDown {
            @Override
            void happen() {
                router.stop();
            }

            @Override
            void mend() {
                router.start();
            }
        },
        ForetellStateStoreDown {
            @Override
            void happen() {
                RedisByHand.say(router, "CONFIG SET maxmemory 1");
                await().until(() -> scrape().get("foretell_state_store_up") == 0);
            }

            @Override
            void mend() {
                RedisByHand.say(router, "CONFIG SET maxmemory 0");
                await().until(() -> scrape().get("foretell_state_store_up") == 1);
            }
        },
        ForetellModelFails {
            @Override
            void happen() {
                call(worker(Scripts.answers(500, "{}")), "fails", 20);
            }
        },
        ForetellModelSlow {
            @Override
            void happen() {
                call(worker(Scripts.slow(1_200, "2")), "slow", 3);
            }
        },
        ForetellSheds {
            @Override
            void happen() {
                HeldCalls held = new HeldCalls();
                serve("full", router.worker(held));
                List<CompletableFuture<Answer>> calls = IntStream.range(0, 12)
                        .mapToObj(n -> CompletableFuture.supplyAsync(() -> predict("full")))
                        .toList();
                await().until(() -> scrape().entrySet().stream()
                                .filter(sample -> sample.getKey().contains("AI/full")
                                        && sample.getKey().contains("outcome=\"shed\""))
                                .mapToDouble(Map.Entry::getValue)
                                .sum()
                        > 0);
                held.letGo(100);
                calls.forEach(CompletableFuture::join);
            }
        },
        ForetellWorkerOut {
            @Override
            void happen() {
                FakeWorker worker = worker(Scripts.answers("2"));
                FakeWorker stays = worker(Scripts.answers("2"));
                router.serve(worker, stays);
                router.awaitState(stays, "READY");
                router.awaitState(worker, "READY");
                worker.close();
                router.awaitState(worker, "DOWN");
            }
        },
        ForetellPanic {
            @Override
            void happen() {
                FakeWorker bad = worker(Scripts.answers(500, "x"));
                FakeWorker first = worker(Scripts.answers("2"));
                FakeWorker second = worker(Scripts.answers("2"));
                router.serve(bad, first, second);
                Stream.of(bad, first, second).forEach(worker -> router.awaitState(worker, "READY"));
                await().until(() -> {
                    IntStream.range(0, 9).forEach(n -> predict("fib"));
                    return scrape().getOrDefault(
                                            "foretell_worker_state{state=\"ejected\",worker=\"" + bad.id() + "\"}", 0.0)
                            == 1;
                });
                first.close();
                second.close();
                await().until(() -> scrape().getOrDefault("foretell_panic{model=\"AI/fib\",version=\"\"}", 0.0) == 1);
            }
        },
        ForetellRetriesExhausted {
            @Override
            void happen() {
                FakeWorker first = worker(Scripts.answers(500, "{}"));
                FakeWorker second = worker(Scripts.answers(500, "{}"));
                router.serve(first, second);
                router.awaitState(first, "READY");
                router.awaitState(second, "READY");
                IntStream.range(0, 5).forEach(n -> predict("fib"));
            }
        },
        ForetellEnsembleIncomplete {
            @Override
            void happen() {
                FakeWorker good = worker(Scripts.answers("2"));
                FakeWorker bad = worker(Scripts.answers(500, "{}"));
                router.replace("""
                        {"AI":{"good":[%s],"bad":[%s]}}""".formatted(good.entry(), bad.entry()));
                router.awaitState(good, "READY");
                router.awaitState(bad, "READY");
                assertThat(router.put("/v1/ensembles/some", """
                        {"merge":"mean","quorum":1,"members":["good","bad"]}""").status()).isLessThan(300);
                assertThat(predict("some").status()).isEqualTo(200);
            }
        },
        ForetellTasksWait {
            @Override
            void happen() {
                LiveTasks.queue(router);
                await().until(() -> scrape().get("foretell_jobs_oldest_seconds") > 0);
            }

            @Override
            void mend() {
                router.get("/v1/tasks?state=QUEUED")
                        .json()
                        .path("tasks")
                        .forEach(task ->
                                router.post("/v1/tasks/" + task.path("id").asText() + "/cancel", "{}"));
                await().until(() -> scrape().get("foretell_jobs_oldest_seconds") == 0);
            }
        };

        abstract void happen();

        void mend() {}

        static FakeWorker worker(FakeWorker.Script script) {
            return router.worker(script);
        }

        static void serve(String model, FakeWorker worker) {
            router.replace("""
                    {"AI":{"%s":[%s]}}""".formatted(model, worker.entry()));
            router.awaitState(worker, "READY");
        }

        static Answer predict(String model) {
            return router.predictBody("""
                    {"modelId":"%s","data":{"n":2}}""".formatted(model));
        }

        static void call(FakeWorker worker, String model, int calls) {
            serve(model, worker);
            IntStream.range(0, calls).forEach(n -> predict(model));
        }
    }

    @BeforeAll
    static void isThere() {
        Promtool.assumeInstalled();
    }

    /** The samples by name and labels, as Prometheus writes them. */
    private static Map<String, Double> scrape() {
        Map<String, Double> samples = new TreeMap<>();
        router.get("/metrics").body().lines().forEach(line -> {
            Matcher sample = SAMPLE.matcher(line);
            if (sample.matches()) {
                samples.put(
                        sample.group(1) + (sample.group(2) == null ? "" : sample.group(2)),
                        Double.parseDouble(sample.group(3)));
            }
        });
        return samples;
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void firesWhenItsFaultHappens(Fault fault) throws IOException {
        Fault.call(router.worker(Scripts.answers("2")), "fine", 3);
        Map<String, Double> before = scrape();
        List<String> alerts = firing(series(before, before));
        assertThat(alerts).as("before the fault").isEmpty();
        try {
            fault.happen();
            boolean isUp = fault != Fault.ForetellRouterDown;
            List<String> series = isUp ? series(before, scrape()) : List.of(one("up{" + LABELS + "}", "0x40"));

            assertThat(firing(series)).contains(fault.name());
        } finally {
            fault.mend();
        }
    }

    @Test
    void everyAlertHasItsFaultAndItsParagraph() throws IOException {
        List<String> names = Files.readString(RULES)
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("- alert: "))
                .map(line -> line.substring("- alert: ".length()))
                .toList();

        assertThat(names)
                .containsExactlyElementsOf(
                        Stream.of(Fault.values()).map(Fault::name).toList());
        assertThat(Files.readString(Path.of("../docs/operations.md"))).contains(names.toArray(String[]::new));
        Promtool.Verdict verdict = Promtool.check("check", "rules", RULES.toString());
        assertThat(verdict.isClean()).as(verdict.words()).isTrue();
        Promtool.Verdict config = Promtool.check(
                "check", "config", FOLDER.resolve("prometheus.yaml").toString());
        assertThat(config.isClean()).as(config.words()).isTrue();
    }

    /** Every expression is one that Prometheus reads, over metrics that a router has. */
    @Test
    void theDashboardAsksForMetricsThatThereAre() throws IOException {
        FakeWorker worker = router.worker(Scripts.answers("2"));
        FakeWorker fails = router.worker(Scripts.closesWithoutAWord());
        router.serve(worker, fails);
        router.awaitState(worker, "READY");
        await().until(() -> {
            router.predict();
            return router.get("/metrics").body().contains("foretell_retries_total{");
        });
        JsonNode dashboard = Json.readTree(Files.readAllBytes(FOLDER.resolve("dashboard.json")));
        StringBuilder rules = new StringBuilder("groups:\n- name: dashboard\n  rules:\n");
        List<String> metrics = new ArrayList<>();
        for (JsonNode panel : dashboard.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                String expression = target.path("expr").asText().replace("$__rate_interval", "1m");
                rules.append("  - record: a\n    expr: ")
                        .append(Json.writeText(expression))
                        .append('\n');
                rules.append("    labels: {number: \"").append(metrics.size()).append("\"}\n");
                Pattern.compile("(foretell|jvm|process|system)_[a-z_]+")
                        .matcher(expression)
                        .results()
                        .forEach(found -> metrics.add(found.group()));
            }
        }

        Promtool.Verdict verdict = Promtool.check(
                "check",
                "rules",
                Files.writeString(folder.resolve("dashboard.yaml"), rules).toString());

        assertThat(verdict.isClean()).as(verdict.words()).isTrue();
        String families =
                MetricsContractTest.families(router) + "foretell_batch_size "; // only models with batches have it
        assertThat(metrics)
                .hasSizeGreaterThan(20)
                .allSatisfy(metric ->
                        assertThat(families).contains(" " + metric.replaceAll("_(bucket|sum|count)$", "") + " "));
    }

    private static List<String> series(Map<String, Double> before, Map<String, Double> after) {
        List<String> series = new ArrayList<>(List.of(one("up{" + LABELS + "}", "1x40")));
        after.forEach((name, value) ->
                series.add(one(labelled(name), values(name, before.getOrDefault(name, 0.0), value))));
        return series;
    }

    private static String values(String name, double before, double after) {
        boolean isCounter = name.matches("foretell_[a-z_]+_(total|bucket|count|sum)(\\{.*)?");
        double step = isCounter ? after - before : name.startsWith("foretell_jobs_oldest") && after > 0 ? 60 : 0;
        return (isCounter ? before : after) + "+" + step + "x40";
    }

    private static String labelled(String name) {
        int labels = name.indexOf('{');
        return labels < 0
                ? name + "{" + LABELS + "}"
                : name.substring(0, labels + 1) + LABELS + "," + name.substring(labels + 1);
    }

    private static String one(String series, String values) {
        return "  - series: " + Json.writeText(series) + "\n    values: " + Json.writeText(values) + "\n";
    }

    /** The alerts that fire after half an hour of these series. */
    private List<String> firing(List<String> series) throws IOException {
        String test = "rule_files: [" + Json.writeText(RULES.toString())
                + "]\nevaluation_interval: 1m\ntests:\n- interval: 1m\n"
                + "  input_series:\n" + String.join("", series)
                + "  promql_expr_test:\n  - expr: group by (alertname) (ALERTS{alertstate=\"firing\"})\n    eval_time: 30m\n"
                + "    exp_samples: [{labels: nothing, value: 1}]\n";
        Promtool.Verdict verdict = Promtool.check(
                "test",
                "rules",
                Files.writeString(folder.resolve("test.yaml"), test).toString());
        assertThat(verdict.words()).contains("got:");
        String got = verdict.words().substring(verdict.words().indexOf("got:"));
        return Pattern.compile("alertname=\"([A-Za-z]+)\"")
                .matcher(got)
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
