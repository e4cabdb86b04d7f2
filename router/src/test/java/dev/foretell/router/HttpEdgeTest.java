package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 9110 and 9112 want of a server, on the direct way of predict calls as on every other. */
class HttpEdgeTest {
    private static final String LENGTH = """
            Content-Length: 27\r\n\r\n{"modelId":"fib","data":{}}""";
    private static final String CALL = "POST /v1/AI_model/predict ";

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with();

    @BeforeEach
    void serve() {
        FakeWorker worker = router.worker(answers("2"));
        router.serve(worker);
        router.awaitState(worker, "READY");
    }

    private static String answer(String request) throws IOException {
        try (RawClient client = RawClient.to(router.port())) {
            return client.say(request.replace("Content-Length", "Connection: close\r\nContent-Length"))
                    .readAll();
        }
    }

    private static void assertBadRequest(String answer, String why) {
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("The request is not valid HTTP", why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/elb-healthcheck",
                "/readyz",
                "/livez",
                "/v2/health/live",
                "/v1/models",
                "/metrics",
                "/v1/workers"
            })
    void headIsWhereGetIsAndHasNoBody(String path) throws IOException {
        String answer = answer("HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n");
        assertThat(answer.indexOf("\r\n\r\n")).isEqualTo(answer.length() - 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Host: a\r\nHost: b\r\n", "Host: a\r\nhost: a\r\n"})
    void aRequestHasOneHost(String hosts) throws IOException {
        assertBadRequest(answer(CALL + "HTTP/1.1\r\n" + hosts + LENGTH), "one Host");
        assertBadRequest(answer("GET /livez HTTP/1.1\r\n" + hosts + "Content-Length: 0\r\n\r\n"), "one Host");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1\r\nHost: a\r\nHost: b\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n",
                "EVIL/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}",
            })
    void whatComesBehindARefusedHeadIsNoRequest(String head) throws IOException {
        String map = """
                {"AI":{"behind":[%s]}}""".formatted(router.worker(answers("2")).entry());
        String write =
                "PUT /v1/model_workers_map HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + map.length() + "\r\n\r\n";

        for (int i = 0; i < 20; i++) {
            try (RawClient client = RawClient.to(router.port())) {
                String answers = client.say(CALL + head + write + map).readAll();

                assertThat(answers)
                        .startsWith("HTTP/1.1 400 ")
                        .containsOnlyOnce("HTTP/1.1 400 ")
                        .doesNotContain("HTTP/1.1 200 ");
            }
        }
        assertThat(router.get("/v1/model_workers_map").body()).doesNotContain("behind");
    }

    @ParameterizedTest
    @CsvSource({"HTTP/2.0", "EVIL/1.1", "HTTP/0.9"})
    void anotherProtocolIsRefusedInOurs(String version) throws IOException {
        assertBadRequest(answer(CALL + version + "\r\nHost: localhost\r\n" + LENGTH), "only HTTP/1.0 and HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.0\r\n", "HTTP/1.1\r\nHost: localhost\r\n", "HTTP/1.2\r\nHost: localhost\r\n"})
    void everyHttp1IsServed(String version) throws IOException {
        assertThat(answer(CALL + version + LENGTH)).matches("(?s)HTTP/1\\.[01] 200 .*2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip, chunked", "gzip", "chunked, chunked"})
    void noTransferCodingButChunkedIsTaken(String coding) throws IOException {
        String call =
                CALL + "HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: " + coding + "\r\n\r\n2\r\n{}\r\n0\r\n\r\n";

        assertThat(answer(call)).startsWith("HTTP/1.1 400 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//v1/AI_model/fib/predict",
                "/v1//AI_model/fib/predict",
                "/v1/./AI_model/fib/predict",
                "/v1/x/../AI_model/predict",
                "/v1/%2e/AI_model/fib/predict",
                "/v1/x/.%2E/AI_model/fib/predict",
                "/v1/AI_model/fib/predict/."
            })
    void aPathIsReadInOneWay(String path) throws IOException {
        String call = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + LENGTH;

        assertThat(answer(call)).startsWith("HTTP/1.1 404 ").doesNotContainIgnoringCase("\r\nallow:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//v2/models", "/v2//health/live", "/v2/./health/live", "/v2/models/%2E%2e/echo/stats"})
    void aPathThatIsReadInTwoWaysIsRefusedInTheWordsOfItsDialect(String path) {
        assertThat(router.get(path).status()).isEqualTo(404);
        assertThat(router.get(path).json().has("error")).isEqualTo(path.startsWith("/v2"));
    }

    @Test
    void whatAnOldClientExpectsIsNotAnswered() throws IOException {
        assertThat(answer(CALL + "HTTP/1.0\r\nExpect: 100-continue\r\n" + LENGTH))
                .contains(" 200 ")
                .doesNotContain(" 100 ");
    }

    @Test
    void aLongRequestLineIsTaken() throws IOException {
        String line = "GET /livez?" + "a".repeat(8_000);

        assertThat(answer(line + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ");
    }
}
