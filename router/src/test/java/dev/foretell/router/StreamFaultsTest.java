package dev.foretell.router;

import static dev.foretell.router.Scripts.LINES;
import static dev.foretell.router.Scripts.chunk;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.FakeWorker.Script;
import java.io.IOException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whose fault it is that a stream ends in its midst: the function's, its input's, or the worker's. */
class StreamFaultsTest {
    private static final String END = "0\r\n\r\n";
    private static final String SAYS_WHOSE = LINES.replace("\r\n\r\n", "\r\nTrailer: X-Foretell-Error-Of\r\n\r\n");

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with(
            "breaker.window",
            "120s",
            "breaker.ejection",
            "300s",
            "breaker.max-ejection",
            "300s",
            "balance.policy",
            "round_robin");

    private static Script ends(String whose) {
        return call ->
                call.write(SAYS_WHOSE + chunk("1\n") + chunk("""
                        {"error":"no"}
                        """) + "0\r\nX-Foretell-Error-Of: " + whose + "\r\n\r\n");
    }

    private static Script breaksOff() {
        return call -> {
            call.write(SAYS_WHOSE + chunk("1\n"));
            call.socket().close();
        };
    }

    private static FakeWorker[] serve(Script... scripts) {
        FakeWorker[] workers = new FakeWorker[scripts.length];
        for (int i = 0; i < scripts.length; i++) {
            workers[i] = router.worker(scripts[i]);
        }
        router.serve(workers);
        for (FakeWorker worker : workers) {
            router.awaitState(worker, "READY");
        }
        return workers;
    }

    private static String ask() throws IOException {
        try (RawClient client = RawClient.to(router.port())) {
            return client.say("POST /v1/AI_model/fib/predict HTTP/1.1\r\nHost: r\r\nConnection: close\r\n"
                            + "Content-Length: 2\r\n\r\n{}")
                    .readAll();
        }
    }

    private static JsonNode of(FakeWorker worker) {
        return router.workersOfAi().path(worker.id());
    }

    private static long counted(FakeWorker worker) {
        return router.get("/elb-healthcheck")
                .json()
                .at("/requests/fib/" + worker.id())
                .asLong();
    }

    private static void awaitNothingInFlight(FakeWorker worker) {
        Awaitility.await().until(() -> of(worker).path("in_flight").asInt() == 0);
    }

    @Test
    void aFunctionThatFailsInMidStreamIsNoFailureOfItsWorker() throws IOException {
        FakeWorker worker = serve(ends("function"))[0];

        assertThat(ask()).contains("1\n", """
                {"error":"no"}
                """).doesNotContain(END);

        awaitNothingInFlight(worker);
        assertThat(of(worker).at("/last_failure/detail").asText()).isEqualTo("the function failed");
        assertThat(of(worker).path("failures").asInt()).isZero();
        assertThat(counted(worker)).isZero();
        assertThat(worker.hangUps()).isZero();
    }

    @Test
    void anInputThatIsRefusedInMidStreamIsNobodysFailure() throws IOException {
        FakeWorker worker = serve(ends("input"))[0];

        assertThat(ask()).contains("""
                {"error":"no"}
                """).doesNotContain(END);

        awaitNothingInFlight(worker);
        Awaitility.await().until(() -> counted(worker) == 1);
        assertThat(of(worker).path("last_failure").isNull()).isTrue();
        assertThat(worker.hangUps()).isZero();
    }

    @Test
    void aFunctionThatFailsAtAllWorkersEjectsNoneAndOneThatFailsAtOneAloneEjectsThat() throws IOException {
        FakeWorker[] both = serve(ends("function"), ends("function"));
        for (int i = 0; i < 60; i++) {
            ask();
        }
        assertThat(of(both[0]).path("ejected_from")).isEmpty();
        assertThat(of(both[1]).path("ejected_from")).isEmpty();

        both[1].predicts(call -> call.write(SAYS_WHOSE + chunk("1\n") + END));
        for (int i = 0; i < 600 && of(both[0]).path("ejected_from").isEmpty(); i++) {
            ask();
        }
        assertThat(of(both[0]).path("ejected_from")).isNotEmpty();
        assertThat(of(both[1]).path("ejected_from")).isEmpty();
    }

    @Test
    void aWorkerThatSaysWhoseAndBreaksOffWithoutAWordHasFailedItself() throws IOException {
        FakeWorker[] both = serve(breaksOff(), ends("function"));

        for (int i = 0; i < 100 && of(both[0]).path("ejected_from").isEmpty(); i++) {
            ask();
        }

        assertThat(of(both[0]).path("ejected_from")).isNotEmpty();
        assertThat(of(both[0]).at("/last_failure/detail").asText()).isEqualTo("the worker broke off the connection");
    }

    @Test
    void onlyFunctionsThatStreamAreAskedForATrailer() {
        FakeWorker worker = serve(Scripts.answers("2"))[0];
        router.predict();
        assertThat(worker.last().headers()).doesNotContainKeys("te", "connection");

        worker.says("""
                {"functions":{"fib":{"path":"/fib","stream":true}}}""");

        Awaitility.await().untilAsserted(() -> {
            router.predict();
            assertThat(worker.last().headers()).containsEntry("te", "trailers").containsEntry("connection", "TE");
        });
    }
}
