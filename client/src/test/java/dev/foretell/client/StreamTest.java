package dev.foretell.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.type.TypeReference;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.foretell.client.Functions.Score;
import dev.foretell.client.Functions.Step;
import dev.foretell.client.failure.BrokenStreamException;
import dev.foretell.client.failure.CallTimeoutException;
import dev.foretell.client.failure.ForetellException;
import dev.foretell.client.failure.ProblemException;
import dev.foretell.client.failure.ProblemKind;
import dev.foretell.client.failure.UnreadableResponseException;
import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.Worker;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Streams of a real worker, and of one in plain HTTP that knows lines only, through a real router. */
class StreamTest {
    private static LiveRouter router;
    private static RunningWorker worker;
    private static HttpServer lines;
    private static ForetellClient client;

    @BeforeAll
    static void start() throws Exception {
        router = LiveRouter.start();
        worker = router.serve(
                Worker.of("steps", Functions::steps)
                        .and("gated", Functions::gated)
                        .and("breaking", Functions::breaking)
                        .and("text", Functions::text),
                "AI");
        client = ForetellClient.at(router.url());
        lines = lineWorker();
        HttpRequest map = HttpRequest.newBuilder(URI.create(router.url() + "/v1/model_workers_map"))
                .PUT(BodyPublishers.ofString("""
                        {"lines":{"lines":[{"host":"127.0.0.1","port":%s}]}}""".formatted(lines.getAddress().getPort())))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(map, BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> client.catalog().models().stream()
                        .anyMatch(model -> model.name().endsWith("lines") && model.isReady()));
    }

    @AfterAll
    static void stop() {
        lines.stop(0);
        worker.close();
        router.close();
    }

    /** A worker that answers with the lines of its body; the last of them may be the end of the connection. */
    private static HttpServer lineWorker() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", StreamTest::answer);
        server.start();
        return server;
    }

    private static void answer(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("GET")) {
            byte[] index = """
                    {"functions":{"lines":{"path":"/lines"}}}""".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, index.length);
            exchange.getResponseBody().write(index);
            exchange.close();
            return;
        }
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        out.write(body.replace("BREAK", "").getBytes(StandardCharsets.UTF_8));
        out.flush();
        if (body.endsWith("BREAK")) {
            throw new IOException("broken off"); // the server then closes the connection
        }
        exchange.close();
    }

    private static PredictCall ofLines(String text) {
        return PredictCall.ofBytes("lines/lines", text.getBytes(StandardCharsets.UTF_8), "text/plain");
    }

    @Test
    void itemsComeOneByOne() {
        Functions.gate = new CountDownLatch(1);
        try (Stream<Step> steps = client.stream(PredictCall.of("gated", Map.of("n", 3)), Step.class)) {
            Iterator<Step> items = steps.iterator();

            assertThat(items.next()).isEqualTo(new Step(1, 0.5));
            Functions.gate.countDown();
            assertThat(items.next()).isEqualTo(new Step(2, 1));
            assertThat(items.next()).isEqualTo(new Step(3, 1.5));
            assertThat(items.hasNext()).isFalse();
        } finally {
            Functions.gate.countDown();
        }
    }

    @Test
    void aStreamThatIsClosedEndsAtTheWorker() {
        Functions.gate = new CountDownLatch(1);
        int before = Functions.interrupted.get();
        try {
            try (Stream<Step> steps = client.stream(PredictCall.of("gated", Map.of("n", 3)), Step.class)) {
                assertThat(steps.findFirst()).contains(new Step(1, 0.5));
            }

            await().until(() -> Functions.interrupted.get() > before);
        } finally {
            Functions.gate.countDown();
        }
    }

    @Test
    void aSilentStreamEnds() {
        ForetellClient hasty = ForetellClient.builder()
                .router(router.url())
                .streamSilence(Duration.ofMillis(300))
                .build();
        Functions.gate = new CountDownLatch(1);
        try (Stream<Step> steps = hasty.stream(PredictCall.of("gated", Map.of("n", 3)), Step.class)) {
            assertThatExceptionOfType(CallTimeoutException.class)
                    .isThrownBy(steps::toList)
                    .withMessage("no item came for 300 ms");
        } finally {
            Functions.gate.countDown();
        }
    }

    @Test
    void aLongStreamIsReadAsItComes() {
        try (Stream<Step> steps = client.stream(PredictCall.of("steps", Map.of("n", 100_000)), Step.class)) {
            assertThat(steps.mapToInt(Step::step).sum()).isEqualTo(100_000 * (100_001 / 2) + 50_000);
        }
    }

    @Test
    void theWordsOfAFailingFunctionArriveBehindItsItems() {
        List<Integer> items = new ArrayList<>();
        PredictCall call = PredictCall.of("breaking", Map.of("n", 10)).requestId("broken-stream");

        try (Stream<Integer> stream = client.stream(call, Integer.class)) {
            assertThatExceptionOfType(BrokenStreamException.class)
                    .isThrownBy(() -> stream.forEach(items::add))
                    .satisfies(failure -> {
                        assertThat(failure.requestId()).isEqualTo("broken-stream");
                        assertThat(failure).hasMessageContaining("/ by zero");
                    });
        }
        assertThat(items).containsExactly(5, 10);
    }

    @Test
    void aFailureBeforeTheFirstItemIsAProblem() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> client.stream(PredictCall.of("steps", Map.of("n", "many")), Step.class))
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(ProblemKind.INVALID_INPUT));
    }

    @Test
    void aFunctionThatDoesNotStreamGivesOneItem() {
        try (Stream<String> one = client.stream(PredictCall.of("text", Map.of("n", 2)), String.class)) {
            assertThat(one.toList()).containsExactly("xx");
        }
    }

    @Test
    void linesOfOtherWorkersAreItemsToo() {
        PredictCall call = ofLines("[1,2]\r\n\n[3]\n[4]");

        try (Stream<List<Integer>> items = client.stream(call, new TypeReference<>() {})) {
            assertThat(items.toList()).containsExactly(List.of(1, 2), List.of(3), List.of(4));
        }
    }

    @Test
    void aLineIsAnErrorOnlyIfTheStreamBreaksOffBehindIt() {
        String line = """
                {"error":"out of rows","requestId":"there"}
                """;

        try (Stream<Map<String, String>> items = client.stream(ofLines(line + line), new TypeReference<>() {})) {
            assertThat(items.toList()).hasSize(2);
        }
        try (Stream<Map<String, String>> items = client.stream(ofLines(line + "BREAK"), new TypeReference<>() {})) {
            assertThatExceptionOfType(ForetellException.class)
                    .isThrownBy(items::toList)
                    .withMessage("out of rows")
                    .satisfies(failure -> assertThat(failure.requestId()).isEqualTo("there"));
        }
    }

    @Test
    void itemsAreBoundedAndMustFit() {
        ForetellClient small = ForetellClient.builder()
                .router(router.url())
                .maxResponseBytes(10_000)
                .build();

        try (Stream<String> items = small.stream(ofLines('"' + "x".repeat(200_000) + '"'), String.class)) {
            assertThatExceptionOfType(UnreadableResponseException.class)
                    .isThrownBy(items::toList)
                    .withMessageContaining("more than 10000 bytes");
        }
        try (Stream<Score> items = client.stream(ofLines("7\n"), Score.class)) {
            assertThatExceptionOfType(UnreadableResponseException.class)
                    .isThrownBy(items::toList)
                    .withMessageStartingWith("the response does not fit Score");
        }
    }
}
