package dev.foretell.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.Worker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client in Python, a process, against a real router. Skipped where there is no Python with requests. */
class PythonClientTest {
    @TempDir
    static Path folder;

    private static LiveRouter router;
    private static RunningWorker worker;

    private record Ran(int code, String output, String errors) {}

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(isThere(), "there is no python3 with requests here");
        router = LiveRouter.start("admission.models.AI/waiting", "1", "admission.queue", "0");
        worker = router.serve(
                Worker.of("text", Functions::text)
                        .and("steps", Functions::steps)
                        .and("breaking", Functions::breaking)
                        .and("waiting", Functions::waiting),
                "AI");
    }

    private static boolean isThere() throws Exception {
        try {
            return run("-c", "import requests").code() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @AfterAll
    static void stop() {
        if (router != null) {
            worker.close();
            router.close();
        }
    }

    private static Ran client(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("../examples/foretell_client.py", router.url()));
        command.addAll(List.of(arguments));
        return run(command.toArray(String[]::new));
    }

    private static Ran run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("python3"));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, "output", "");
        Path errors = Files.createTempFile(folder, "errors", "");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ran(process.exitValue(), Files.readString(output), Files.readString(errors));
    }

    @Test
    void itPredicts() throws Exception {
        assertThat(client("text", "{\"n\": 3}")).isEqualTo(new Ran(0, "\"xxx\"\n", ""));
    }

    @Test
    void itPrintsTheItemsOfAStream() throws Exception {
        Ran ran = client("--stream", "steps", "{\"n\": 2}");

        assertThat(ran.output()).isEqualTo("""
                {"step": 1, "value": 0.5}
                {"step": 2, "value": 1.0}
                """);
    }

    @Test
    void itSaysWhatIsWrong() throws Exception {
        assertThat(client("txet", "{\"n\": 3}").errors())
                .startsWith("no model 'txet' of type AI; did you mean text? (HTTP 404 MODEL_NOT_FOUND, request ");
        assertThat(client("--stream", "breaking", "{\"n\": 10}"))
                .satisfies(ran -> assertThat(ran.output()).isEqualTo("5\n10\n"))
                .satisfies(ran -> assertThat(ran.errors()).contains("the stream ended early: ", "/ by zero"));
        assertThat(run("../examples/foretell_client.py", "http://127.0.0.1:9", "text", "{}")
                        .errors())
                .isEqualTo("no response from http://127.0.0.1:9: ConnectionError\n");
    }

    @Test
    void itComesAgainWhenTheRouterSays() throws Exception {
        Functions.gate = new CountDownLatch(1);
        int begun = Functions.begun.get();
        CompletableFuture<?> first =
                ForetellClient.at(router.url()).predictAsync(PredictCall.of("waiting", Map.of("n", 1)), Integer.class);
        await().until(() -> Functions.begun.get() > begun);

        CompletableFuture<Ran> second = CompletableFuture.supplyAsync(() -> {
            try {
                return client("waiting", "{\"n\": 2}");
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        await().atMost(Duration.ofSeconds(30)).until(() -> wereTurnedAway() > 0);
        Functions.gate.countDown();

        assertThat(second.join().output()).isEqualTo("2\n");
        first.join();
    }

    /** How many calls the router has answered with 429. */
    private static long wereTurnedAway() throws Exception {
        String metrics = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(router.url() + "/metrics"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        return metrics.lines()
                .filter(line -> line.startsWith("foretell_requests_total{") && line.contains("outcome=\"shed\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
