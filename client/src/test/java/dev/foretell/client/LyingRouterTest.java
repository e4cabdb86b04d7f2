package dev.foretell.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.client.failure.CallTimeoutException;
import dev.foretell.client.failure.ForetellException;
import dev.foretell.client.failure.ProblemException;
import dev.foretell.client.failure.RouterUnreachableException;
import dev.foretell.client.failure.UnreadableResponseException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses that no router gives: each call fails in time, within its bounds, and leaves no connection. */
class LyingRouterTest {
    private static final PredictCall CALL = PredictCall.of("fib", Map.of("n", 1));
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private static final String EVENTS = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n";
    private static final String LINES = "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n\r\n";

    private static ForetellClient client(LyingRouter router) {
        return ForetellClient.builder()
                .router(router.url())
                .maxResponseBytes(100_000)
                .streamSilence(Duration.ofMillis(300))
                .build();
    }

    private static void predict(LyingRouter router) {
        client(router).predict(CALL, JsonNode.class);
    }

    private static void readAll(LyingRouter router) {
        try (Stream<JsonNode> items = client(router).stream(CALL, JsonNode.class)) {
            items.forEach(item -> {});
        }
    }

    private static void isLeft(LyingRouter router) {
        await().until(() -> router.open() == 0);
    }

    @Test
    void anEndlessBodyIsCutOff() {
        try (LyingRouter router = new LyingRouter(OK + "\r\n[", "1,".repeat(5_000))) {
            assertThatExceptionOfType(UnreadableResponseException.class)
                    .isThrownBy(() -> predict(router))
                    .withMessageContaining("raise maxResponseBytes");
            isLeft(router);
        }
    }

    @Test
    void aBodyShorterThanItsLengthIsABrokenConnection() {
        try (LyingRouter router = new LyingRouter(OK + "Content-Length: 100\r\n\r\n{\"n\":1}", "")) {
            assertThatExceptionOfType(RouterUnreachableException.class).isThrownBy(() -> predict(router));
            assertThat(router.requests()).isEqualTo(3);
        }
    }

    @Test
    void deeplyNestedJsonIsUnreadable() {
        try (LyingRouter router = new LyingRouter(OK + "\r\n" + "[".repeat(10_000) + "]".repeat(10_000), "")) {
            assertThatExceptionOfType(UnreadableResponseException.class).isThrownBy(() -> predict(router));
            assertThatExceptionOfType(UnreadableResponseException.class).isThrownBy(() -> readAll(router));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 429 Later\r\nRetry-After: 31536000\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 503 Later\r\nRetry-After: 99999999999999999999\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 307 Away\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 500 No\r\n\r\n[[[[[[[[[",
                "HTTP/1.1 404 No\r\n\r\n{\"detail\":[{}],\"code\":{},\"retryable\":[],\"requestId\":1e999}"
            })
    void anErrorIsAProblemWithItsStatus(String response) {
        try (LyingRouter router = new LyingRouter(response, "")) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> predict(router))
                    .satisfies(problem -> assertThat(response).contains(" " + problem.status() + " "));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0\0\22\4garbage\r\n\r\n", "HTTP/1.1 abc\r\n\r\n"})
    void whatIsNotHttpIsAskedOnce(String response) {
        try (LyingRouter router = new LyingRouter(response, "")) {
            assertThatExceptionOfType(RouterUnreachableException.class)
                    .isThrownBy(() -> predict(router))
                    .withMessageContaining("does not speak HTTP as a router does");
            assertThat(router.requests()).isEqualTo(1);
        }
    }

    @Test
    void manyInterimResponsesAreNoResponse() {
        try (LyingRouter router = new LyingRouter("", "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n")) {
            assertThatExceptionOfType(ForetellException.class).isThrownBy(() -> predict(router));
        }
    }

    @Test
    void anEventWithoutAnEndIsCutOff() {
        try (LyingRouter router = new LyingRouter(EVENTS, "data: " + "1".repeat(10_000) + "\n")) {
            assertThatExceptionOfType(UnreadableResponseException.class)
                    .isThrownBy(() -> readAll(router))
                    .withMessageContaining("raise maxResponseBytes");
            isLeft(router);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {": comment\n\n", "event: x\n", "\r\n", "id: 1\nretry: 1\n\n"})
    void aStreamWithoutItemsIsSilent(String rest) {
        for (String head : new String[] {EVENTS, LINES}) {
            if (head.equals(EVENTS) || rest.isBlank()) {
                try (LyingRouter router = new LyingRouter(head, rest)) {
                    assertThatExceptionOfType(CallTimeoutException.class)
                            .isThrownBy(() -> readAll(router))
                            .withMessageContaining("no item came for 300 ms");
                    isLeft(router);
                }
            }
        }
    }
}
