package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import dev.foretell.router.LiveRouter.Answer;
import java.io.IOException;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The stream of the dashboard: live, resumed, bounded in number and in what its callers leave unread. */
class LiveStreamTest {
    private static final String STREAM = "/v1/dashboard/stream";
    private static final int MAX = 3;

    private static final String LONG = "x".repeat(400);

    /** 0.7 MB of them, more than the sockets of a caller that does not read take after a few times. */
    private static final String MANY_EVENTS =
            "EVAL \"for i=1,400 do redis.call('XADD',KEYS[1],'*','event',ARGV[1]) end\" 1 {foretell}:events '"
                    + Json.writeText(Map.of(
                            "at",
                            "",
                            "kind",
                            "other",
                            "what",
                            "a long name",
                            "who",
                            LONG,
                            "from",
                            LONG,
                            "before",
                            LONG,
                            "after",
                            LONG))
                    + "'";

    @RegisterExtension
    static final LiveRouter router =
            LiveRouter.with("http.max-streams", Integer.toString(MAX), "http.max-unread-bytes", "65536");

    private static RawClient open(String... headers) throws IOException {
        return open(RawClient.to(router.port()), headers);
    }

    private static RawClient open(RawClient client, String... headers) throws IOException {
        client.patience(Duration.ofSeconds(60));
        return client.say(
                "GET " + STREAM + " HTTP/1.1\r\nHost: localhost\r\n" + String.join("", List.of(headers)) + "\r\n");
    }

    private static JsonNode newestChange() {
        return router.get("/v1/events?limit=1&search=changed+the+routing")
                .json()
                .at("/items/0");
    }

    private static void drainNobody(int port) {
        router.replace("""
                {"AI":{"fib":[{"host":"localhost","port":%d}]}}""".formatted(port));
    }

    @Test
    void tellsTheOverviewAndEachChange() throws IOException {
        try (RawClient client = open()) {
            String head = client.readUntil("event: overview");
            assertThat(head).contains("200 OK", "text/event-stream", "no-store", "retry: 1000");

            drainNobody(11);

            assertThat(client.readUntil("changed the routing map")).contains("event: change\nid: ");
            client.readUntil("event: overview");
        }
    }

    @Test
    void namesWhatChanged() throws IOException {
        drainNobody(21);
        try (RawClient client = open()) {
            client.readUntil("event: overview");

            drainNobody(22);

            client.readUntil("event: models");
            assertThat(client.readUntil("\n\n")).contains("\"AI/fib\"", "\"all\":false");
            client.readUntil("event: workers"); // maybe with changes of before, and the next one with this
            client.readUntil("\"localhost-22-0\"");
        }
    }

    @Test
    void whoComesBackGetsAllThatItMissed() throws IOException {
        drainNobody(31);
        Awaitility.await().until(() -> newestChange().at("/after").asText().contains("localhost-31-0"));
        String last = newestChange().at("/id").asText();
        for (int i = 0; i < 5; i++) {
            drainNobody(32 + i);
        }
        Awaitility.await()
                .until(() -> router.get("/v1/events?search=changed+the+routing&since=" + last)
                                .json()
                                .path("items")
                                .size()
                        == 5);

        try (RawClient client = open("Last-Event-ID: " + last + "\r\n")) {
            String missed = client.readUntil("AI/fib: localhost-36-0");

            for (int i = 0; i < 5; i++) {
                assertThat(missed).contains("AI/fib: localhost-" + (32 + i) + "-0");
            }
        }
    }

    /** The router reads new events once a second, at most 500 at once. */
    @Test
    void ofMoreThanAThousandMissedEventsTheLastThousandCome() {
        for (int burst = 0; burst < 4; burst++) {
            RedisByHand.say(router, MANY_EVENTS);
        }
        Awaitility.await().untilAsserted(() -> {
            try (RawClient client = open("Last-Event-ID: 1-0\r\n")) {
                assertThat(client.readUntil("event: change")).contains("event: skipped\nid: ", "{\"after\":\"1-0\"");
            }
        });

        drainNobody(51);

        HttpRequest request = HttpRequest.newBuilder(router.uri(STREAM))
                .header("Last-Event-ID", "1-0")
                .build();
        Awaitility.await().untilAsserted(() -> {
            try (Stream<String> lines = HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofLines())
                    .body()) {
                List<String> missed = lines.takeWhile(line -> !line.contains("AI/fib: localhost-51-0"))
                        .toList();

                assertThat(missed).contains("event: skipped");
                assertThat(missed.stream().filter("event: change"::equals).count())
                        .isBetween(900L, 1010L);
            }
        });
    }

    @Test
    void whoKnowsALaterEventThanTheStoreGetsNewOnes() throws IOException {
        RedisByHand.say(router, "DEL {foretell}:events");
        try (RawClient client = open("Last-Event-ID: 9999999999999-0\r\n")) {
            client.readUntil("event: overview");

            drainNobody(41);

            assertThat(client.readUntil("AI/fib: localhost-41-0")).contains("changed the routing map");
        }
    }

    @Test
    void aFurtherStreamIsRefusedUntilOneEnds() throws IOException {
        List<RawClient> open = new ArrayList<>();
        try {
            for (int i = 0; i < MAX; i++) {
                RawClient client = open();
                client.readUntil("event: overview");
                open.add(client);
            }

            Answer refused = router.get(STREAM);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.code()).isEqualTo("TOO_MANY_STREAMS");
            assertThat(refused.header("Retry-After")).isEqualTo("10");
            assertThat(router.get("/v1/dashboard/overview").status()).isEqualTo(200);
        } finally {
            for (RawClient client : open) {
                client.close();
            }
        }

        Awaitility.await().untilAsserted(() -> {
            try (RawClient client = open()) {
                client.readUntil("event: overview");
            }
        });
    }

    @Test
    void aReaderThatNeverReadsIsCutOffAndCostsTheOthersNothing() throws Exception {
        AtomicInteger read = new AtomicInteger();
        HttpRequest request = HttpRequest.newBuilder(router.uri(STREAM)).build();
        try (RawClient idle = open(RawClient.narrow(router.port()))) {
            CompletableFuture<?> reader = HttpClient.newHttpClient()
                    .sendAsync(request, HttpResponse.BodyHandlers.ofLines())
                    .thenAccept(answer -> answer.body()
                            .filter(line -> line.startsWith("data: {") && line.contains("a long name"))
                            .forEach(line -> read.incrementAndGet()));

            for (int burst = 1; burst <= 8; burst++) {
                RedisByHand.say(router, MANY_EVENTS);
                int all = burst * 400;
                Awaitility.await().until(() -> read.get() == all);
            }

            Awaitility.await().until(() -> {
                try (RawClient one = open();
                        RawClient another = open()) {
                    return one.readUntil("\n").contains("200")
                            && another.readUntil("\n").contains("200");
                }
            });
            assertThat(reader.isDone()).isFalse();
            assertThatCode(idle::readAll).doesNotThrowAnyExceptionExcept(SocketException.class);
        }
    }
}
