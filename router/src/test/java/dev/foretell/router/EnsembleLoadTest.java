package dev.foretell.router;

import static dev.foretell.router.EnsembleStage.answering;
import static dev.foretell.router.EnsembleStage.hung;
import static dev.foretell.router.EnsembleStage.predict;
import static dev.foretell.router.EnsembleStage.put;
import static dev.foretell.router.EnsembleStage.serve;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A thousand callers at once of an ensemble of which one member never answers. */
class EnsembleLoadTest {
    private static final int CALLERS = 1000;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with("deadline.by-default", "60s", "admission.models.AI/fib", "2000");

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final HttpClient http = HttpClient.newBuilder().executor(thread).build();

    private CompletableFuture<HttpResponse<String>> call() {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + router.port() + "/v1/AI_model/predict"))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString("{\"modelId\":\"crowd\",\"data\":{\"n\":2}}"))
                .build();
        return http.sendAsync(request, BodyHandlers.ofString());
    }

    /** The statuses of as many calls as there are callers, all at once. */
    private Map<String, Long> crowd() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> calls =
                IntStream.range(0, CALLERS).mapToObj(i -> call()).toList();
        CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return calls.stream()
                .map(CompletableFuture::join)
                .collect(Collectors.groupingBy(
                        answer -> answer.statusCode() + " " + answer.body() + " "
                                + answer.headers()
                                        .firstValue("X-Ensemble-Members")
                                        .orElse(""),
                        Collectors.counting()));
    }

    /** Of the router, which runs in this process: without those of the callers and of the workers that the test plays. */
    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> !name.startsWith("fake-worker") && !name.startsWith("HttpClient"))
                .count();
    }

    private static void awaitNothingInFlight() {
        router.awaitIdle();
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> router.get("/v1/workers").json().findValuesAsText("in_flight").stream()
                        .allMatch("0"::equals));
    }

    @Test
    void allAreAnsweredAndNothingIsHeldAfterwards() throws Exception {
        FakeWorker hung = hung(router);
        serve(router, hung, answering(router, "1"), answering(router, "4"));
        put(router, "crowd", """
                {"merge":"mean","members":[{"model":"fib","deadlineMs":500},"b","c"]}""");
        try {
            assertThat(crowd()).containsOnly(Map.entry("200 2.5 2/3", (long) CALLERS));
            awaitNothingInFlight();
            long before = threads();
            assertThat(crowd()).containsOnly(Map.entry("200 2.5 2/3", (long) CALLERS));
            awaitNothingInFlight();

            assertThat(threads()).as("pools may not be full before").isLessThan(before + CALLERS / 50);
            assertThat(hung.calls()).as("calls that arrived at the member").isPositive();
            assertThat(predict(router, "crowd").body()).isEqualTo("2.5");
        } finally {
            thread.shutdownNow();
        }
    }
}
