package dev.foretell.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import dev.foretell.worker.Http;
import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.Worker;
import dev.foretell.worker.WorkerConfig;
import dev.foretell.worker.execution.ExecutionConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Functions that answer item by item, over real HTTP. */
class StreamTest {
    private static final String KILOBYTE = "x".repeat(1024);
    /** Longer than a busy machine may stand still. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private static volatile CountDownLatch mayGoOn = new CountDownLatch(1);
    private static volatile CompletableFuture<Boolean> closed = new CompletableFuture<>();
    private static final AtomicLong made = new AtomicLong();
    private static RunningWorker worker;
    private static RunningWorker narrow;

    /** One step of a forecast. */
    record Step(int hour, double value) {}

    static Stream<Step> forecast(int hours) {
        return IntStream.range(0, hours).mapToObj(hour -> new Step(hour, hour / 2.0));
    }

    static Stream<Integer> gated() {
        return Stream.of(1, 2).peek(StreamTest::waitBeforeTheSecond);
    }

    private static void waitBeforeTheSecond(int item) {
        if (item == 2) {
            awaitLeave();
        }
    }

    private static void awaitLeave() {
        try {
            mayGoOn.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    static Stream<String> endless() {
        return Stream.of(0)
                .flatMap(zero -> Stream.generate(() -> KILOBYTE))
                .peek(item -> made.incrementAndGet())
                .onClose(() -> closed.complete(true));
    }

    static Stream<Integer> breaking() {
        return Stream.of(1, 2, 0).map(n -> 10 / n).onClose(() -> closed.complete(true));
    }

    static Stream<Integer> refusing() {
        return Stream.of(1).peek(item -> {
            throw new IllegalArgumentException("no such city");
        });
    }

    static CompletionStage<Stream<Integer>> later() {
        return CompletableFuture.supplyAsync(() -> Stream.of(7, 8));
    }

    static IntStream squares(int n) {
        return IntStream.rangeClosed(1, n).map(i -> i * i);
    }

    /** As many items as are asked for, and no end. */
    static Flow.Publisher<String> published() {
        return subscriber -> subscriber.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long count) {
                for (long i = 0; i < count; i++) {
                    made.incrementAndGet();
                    subscriber.onNext(KILOBYTE);
                }
            }

            @Override
            public void cancel() {
                closed.complete(true);
            }
        });
    }

    static Flow.Publisher<Integer> submitted(int n) {
        SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>();
        CompletableFuture.runAsync(() -> {
            while (publisher.getNumberOfSubscribers() == 0) {
                Thread.onSpinWait();
            }
            IntStream.range(0, n).forEach(publisher::submit);
            publisher.close();
        });
        return publisher;
    }

    /** Sends without being asked. */
    static Flow.Publisher<Integer> flooding() {
        return subscriber -> {
            subscriber.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long count) {}

                @Override
                public void cancel() {}
            });
            IntStream.range(0, 1000).forEach(subscriber::onNext);
            subscriber.onComplete();
        };
    }

    @BeforeAll
    static void start() {
        worker = functions(new ExecutionConfig(8, 0, Duration.ofMinutes(1), true));
        narrow = functions(new ExecutionConfig(1, 0, SILENCE, true, false, SILENCE));
    }

    private static RunningWorker functions(ExecutionConfig execution) {
        return Worker.of("forecast", StreamTest::forecast)
                .and("gated", StreamTest::gated)
                .and("endless", StreamTest::endless)
                .and("breaking", StreamTest::breaking)
                .and("refusing", StreamTest::refusing)
                .and("later", StreamTest::later)
                .and("squares", StreamTest::squares)
                .and("published", StreamTest::published)
                .and("submitted", StreamTest::submitted)
                .and("flooding", StreamTest::flooding)
                .configured(WorkerConfig.defaults()
                        .with(HttpConfig.defaults().at("127.0.0.1", 0))
                        .with(execution))
                .start();
    }

    @BeforeEach
    void forget() {
        mayGoOn = new CountDownLatch(1);
        closed = new CompletableFuture<>();
        made.set(0);
    }

    @AfterAll
    static void stop() {
        worker.close();
        narrow.close();
    }

    @Test
    void answersOneJsonValueALine() {
        var answer = Http.post(worker.url() + "/forecast", """
                {"hours":3}""");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/x-ndjson");
        assertThat(answer.headers().firstValue("transfer-encoding")).hasValue("chunked");
        assertThat(answer.body()).isEqualTo("""
                {"hour":0,"value":0.0}
                {"hour":1,"value":0.5}
                {"hour":2,"value":1.0}
                """);
    }

    @Test
    void answersEventsToThoseWhoAskForThem() {
        var answer = Http.send(Http.request(worker.url() + "/squares")
                .header("Accept", "text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"n":3}""")));

        assertThat(answer.headers().firstValue("content-type")).hasValue("text/event-stream");
        assertThat(answer.body()).isEqualTo("data: 1\n\ndata: 4\n\ndata: 9\n\n");
    }

    @Test
    void takesStagesPublishersAndStreamsOfNothing() {
        assertThat(Http.post(worker.url() + "/later", "{}").body()).isEqualTo("7\n8\n");
        assertThat(Http.post(worker.url() + "/squares", """
                {"n":0}""").body()).isEmpty();
        assertThat(Http.post(worker.url() + "/submitted", """
                {"n":1000}""").body().lines())
                .hasSize(1000)
                .endsWith("999");
    }

    @Test
    void takesAForm() {
        String form = "--b\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n2\r\n--b--\r\n";
        var answer = Http.send(Http.request(worker.url() + "/squares")
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(HttpRequest.BodyPublishers.ofString(form)));

        assertThat(answer.body()).isEqualTo("1\n4\n");
    }

    @Test
    void anItemLeavesBeforeTheNextIsMade() throws Exception {
        try (Socket client = call(worker, "gated", "Connection: close\r\n");
                BufferedReader reader = reader(client)) {
            assertThat(firstItem(reader)).isEqualTo("1");
            mayGoOn.countDown();

            assertThat(reader.lines()).contains("2", "0");
        }
    }

    @Test
    void makesNoMoreThanTheClientTakesAndStopsWhenItGoes() throws Exception {
        for (String function : new String[] {"endless", "published"}) {
            forget();
            try (Socket client = call(worker, function);
                    BufferedReader reader = reader(client)) {
                assertThat(firstItem(reader)).hasSize(1026);
                await().during(Duration.ofMillis(200))
                        .atMost(Duration.ofSeconds(60))
                        .until(made::get, before -> before == made.get());
            }

            assertThat(closed.get(60, TimeUnit.SECONDS)).isTrue();
            assertThat(made.get()).as(function).isLessThan(16L * 1024);
        }
    }

    @Test
    void saysThatItBreaksOffAndNeverEnds() throws Exception {
        try (Socket client = call(worker, "breaking")) {
            String all = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(all).contains("10\n", "5\n", """
                    {"error":"ArithmeticException: / by zero"}
                    """).doesNotContain("\r\n0\r\n", "railer");
        }
        assertThat(closed.get(60, TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> Http.post(worker.url() + "/breaking", "{}")).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void tellsInEventsToo() throws Exception {
        try (Socket client = call(worker, "breaking", "Accept: text/event-stream\r\n", "X-Request-Id: mine\r\n")) {
            String all = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(all).contains("""
                    event: error
                    data: {"error":"ArithmeticException: / by zero","requestId":"mine"}

                    """);
        }
    }

    @Test
    void aPublisherThatSendsUnaskedIsNotTakenForWhole() {
        var answer = Http.post(worker.url() + "/flooding", "{}");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("more items than requested");
    }

    @Test
    void failsAsEverBeforeTheFirstItem() {
        assertThat(Http.post(worker.url() + "/refusing", "{}").statusCode()).isEqualTo(500);
        assertThat(Http.post(worker.url() + "/refusing", "{}").body()).contains("no such city");
        assertThat(Http.post(worker.url() + "/squares", "{}").statusCode()).isEqualTo(422);
        assertThat(Http.send(Http.request(worker.url() + "/squares")
                                .header("X-Foretell-Batch", "1")
                                .POST(HttpRequest.BodyPublishers.ofString("""
                                        [{"n":1}]""")))
                        .body())
                .contains("takes no batches");
    }

    @Test
    void holdsItsPlaceUntilTheEndAndIsBoundedBySilenceAlone() throws Exception {
        try (Socket client = call(narrow, "endless");
                BufferedReader reader = reader(client)) {
            firstItem(reader);

            assertThat(Http.post(narrow.url() + "/squares", """
                    {"n":1}""").statusCode()).isEqualTo(503);
            long until = System.nanoTime() + SILENCE.plusSeconds(1).toNanos();
            while (System.nanoTime() < until) {
                assertThat(reader.readLine()).isNotNull();
            }
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Http.post(narrow.url() + "/squares", """
                        {"n":1}""").statusCode() == 200);
        try (Socket client = call(narrow, "gated")) {
            String all = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(all).contains("1\n", """
                    {"error":"the call took too long"}""").doesNotContain("\r\n0\r\n");
        }
    }

    @Test
    void theIndexSaysWhatStreams() {
        JsonNode functions = Json.readTree(Http.get(worker.url() + "/").body().getBytes(StandardCharsets.UTF_8))
                .path("functions");

        assertThat(functions.path("squares").path("stream").asBoolean()).isTrue();
        assertThat(functions.at("/squares/result/type").asText()).isEqualTo("integer");
        assertThat(functions.at("/forecast/result/properties/hour/type").asText())
                .isEqualTo("integer");
        assertThat(functions.at("/later/result/type").asText()).isEqualTo("integer");
        assertThat(functions.at("/published/result/type").asText()).isEqualTo("string");
        assertThat(functions.at("/published/stream").asBoolean()).isTrue();
    }

    private static Socket call(RunningWorker at, String function, String... headers) throws IOException {
        Socket socket = new Socket("127.0.0.1", at.port());
        String request = "POST /" + function + " HTTP/1.1\r\nHost: localhost\r\n" + String.join("", headers)
                + "Content-Length: 2\r\n\r\n{}";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    private static BufferedReader reader(Socket client) throws IOException {
        client.setSoTimeout(60_000);
        return new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8), 64);
    }

    /** Skips the head and the first chunk's length. */
    private static String firstItem(BufferedReader reader) throws IOException {
        while (!reader.readLine().isEmpty()) {
            // the head
        }
        reader.readLine();
        return reader.readLine();
    }
}
