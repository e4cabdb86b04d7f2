package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A body that breaks the rules of HTTP, or breaks off, is its caller's mistake: told at once, and to nobody else. */
@OnEveryTransport
class BrokenBodiesTest {
    private static final List<String> REQUESTS = List.of(
            "POST /v1/AI_model/predict",
            "POST /v1/AI_model/fib/predict",
            "PUT /v1/model_workers_map",
            "POST /v2/models/fib/infer");
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with();

    private static FakeWorker serve() {
        FakeWorker worker = router.worker(answers("2"));
        router.serve(worker);
        router.awaitState(worker, "READY");
        return worker;
    }

    private static String ask(String request, String rest, boolean endsOutput) throws IOException {
        try (RawClient client = RawClient.to(router.port())) {
            client.say(request + " HTTP/1.1\r\nHost: localhost\r\n" + rest);
            return (endsOutput ? client.endOutput() : client).readAll();
        }
    }

    @Test
    void chunksThatAreNoneAreToldAtOnce() throws IOException {
        FakeWorker worker = serve();

        for (String request : REQUESTS) {
            for (String chunks :
                    List.of("zz\r\n{}\r\n0\r\n\r\n", "2\n{}\n0\n\n", "2\r\n{}XX0\r\n\r\n", "-1\r\n{}\r\n")) {
                assertThat(ask(request, CHUNKED + chunks, false))
                        .as(request + " " + chunks)
                        .startsWith("HTTP/1.1 400 ")
                        .containsIgnoringCase("connection: close")
                        .contains("the chunks of the body are not valid HTTP");
            }
        }
        assertBlameless(worker);
    }

    @Test
    void trailersThatAreTooLongAreToldAtOnce() throws IOException {
        FakeWorker worker = serve();

        for (String request : REQUESTS) {
            assertThat(ask(request, CHUNKED + "2\r\n{}\r\n0\r\n" + "X: y\r\n".repeat(10_000) + "\r\n", false))
                    .as(request)
                    .startsWith("HTTP/1.1 400 ")
                    .contains("the trailers of the body are too long");
        }
        assertBlameless(worker);
    }

    @Test
    void aBodyThatBreaksOffIsToldToACallerThatStillReads() throws IOException {
        FakeWorker worker = serve();

        for (String request : REQUESTS) {
            for (String rest : List.of("Content-Length: 100\r\n\r\n{\"mod", CHUNKED + "5\r\n{\"mod")) {
                assertThat(ask(request, rest, true))
                        .as(request + " " + rest)
                        .startsWith("HTTP/1.1 400 ")
                        .containsIgnoringCase("connection: close")
                        .contains("the body breaks off");
            }
        }
        assertBlameless(worker);
    }

    @Test
    void whatIsAnsweredAtOnceIsAnsweredToACallerThatSendsNoMore() throws IOException {
        assertThat(ask("GET /livez", "\r\n", true)).startsWith("HTTP/1.1 200 ");
    }

    private static void assertBlameless(FakeWorker worker) {
        assertThat(worker.calls()).isZero();
        assertThat(router.workersOfAi().path(worker.id()).path("state").asText())
                .isEqualTo("READY");
        assertThat(router.workersOfAi().path(worker.id()).path("failures").asInt())
                .isZero();
        assertThat(router.predict().status()).isEqualTo(200);
    }
}
