package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.LiveRouter.Answer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is blamed for a call that failed: its caller, the function, or a worker. */
class WhoseFaultTest {
    private static final String WORDS = """
            {"error":"ArithmeticException: / by zero"}""";

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with(
            "breaker.ejection", "300s", "breaker.max-ejection", "300s", "balance.policy", "round_robin");

    private static FakeWorker.Script functionFails() {
        return answers(500, WORDS, "X-Foretell-Error-Of", "function");
    }

    private void serveAll(FakeWorker... workers) {
        router.serve(workers);
        Stream.of(workers).forEach(worker -> router.awaitState(worker, "READY"));
    }

    private static String state(FakeWorker worker) {
        return router.workersOfAi().path(worker.id()).path("state").asText();
    }

    private static long failures(FakeWorker worker) {
        return router.workersOfAi().path(worker.id()).path("failures").asLong();
    }

    @Test
    void aFunctionsFailureReachesTheCallerWithTheNameThatTheWorkerHeard() {
        FakeWorker only = router.worker(functionFails());
        serveAll(only);

        Answer answer = router.predict();

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.code()).isEqualTo("FUNCTION_FAILED");
        assertThat(answer.detail()).isEqualTo("ArithmeticException: / by zero");
        assertThat(answer.json().path("tries").asInt()).isEqualTo(1);
        assertThat(answer.json().path("requestId").asText())
                .isNotEmpty()
                .isEqualTo(only.last().headers().get("X-Request-Id"))
                .isEqualTo(answer.header("X-Request-Id"));
    }

    @Test
    void theFunctionsOwnStatusReachesTheCaller() {
        serveAll(router.worker(answers(507, "no room", "X-Foretell-Error-Of", "function")));

        Answer answer = router.predict();

        assertThat(answer.status()).isEqualTo(507);
        assertThat(answer.detail()).isEqualTo("no room");
    }

    @Test
    void anInputAtWhichAllWorkersFailIsTriedTwiceAndCountsAgainstNone() {
        FakeWorker one = router.worker(functionFails());
        FakeWorker two = router.worker(functionFails());
        FakeWorker three = router.worker(functionFails());
        serveAll(one, two, three);

        for (int i = 0; i < 60; i++) {
            Answer answer = router.predict();
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.json().path("tries").asInt()).isEqualTo(2);
        }

        assertThat(one.calls() + two.calls() + three.calls()).isEqualTo(120);
        assertThat(Stream.of(one, two, three)).allSatisfy(worker -> {
            assertThat(state(worker)).isEqualTo("READY");
            assertThat(failures(worker)).isZero();
        });
    }

    @Test
    void aWorkerWhoseFunctionFailsWhereOthersDoWellIsEjected() {
        FakeWorker broken = router.worker(functionFails());
        FakeWorker well = router.worker(answers("2"));
        serveAll(broken, well);

        for (int i = 0; i < 100 && !state(broken).equals("EJECTED"); i++) {
            assertThat(router.predict().body()).isEqualTo("2");
        }

        assertThat(state(broken)).isEqualTo("EJECTED");
        assertThat(broken.calls()).isBetween(20, 21);
        assertThat(state(well)).isEqualTo("READY");
    }

    @Test
    void badInputsAmongGoodOnesEjectNobody() {
        FakeWorker one = router.worker(failsAtMinusOne());
        FakeWorker two = router.worker(failsAtMinusOne());
        serveAll(one, two);

        for (int i = 0; i < 100; i++) {
            boolean bad = i % 3 != 0;
            assertThat(router.predictBody("""
                    {"modelId":"fib","data":{"n":%s}}""".formatted(bad ? -1 : 1)).status()).isEqualTo(bad ? 500 : 200);
        }

        assertThat(Stream.of(one, two)).allSatisfy(worker -> {
            assertThat(state(worker)).isEqualTo("READY");
            assertThat(failures(worker)).isZero();
        });
    }

    private static FakeWorker.Script failsAtMinusOne() {
        return call -> (call.body().contains("-1") ? functionFails() : answers("1")).play(call);
    }

    @Test
    void whereALongBodyCannotBeSentTwiceOthersOfTheModelAreComparedWith() {
        FakeWorker broken = router.worker(functionFails());
        FakeWorker well = router.worker(answers("2"));
        serveAll(broken, well);
        String body = """
                {"n":%s1}""".formatted(" ".repeat(1 << 21));

        Awaitility.await().until(() -> {
            assertThat(router.post("/v1/AI_model/fib/predict", body).status()).isIn(200, 500);
            return state(broken).equals("EJECTED");
        });
        assertThat(state(well)).isEqualTo("READY");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 405, 407, 410, 411, 414, 421, 426, 431})
    void whatAWorkerRefusesOfItsOwnIsNotTheCallers(int status) {
        FakeWorker other = router.worker(answers(status, """
                {"error":"no"}"""));
        FakeWorker well = router.worker(answers("2"));
        serveAll(other, well);

        for (int i = 0; i < 60; i++) {
            assertThat(router.predict().body()).isEqualTo("2");
        }

        assertThat(other.calls()).isBetween(20, 21);
        assertThat(state(other)).isEqualTo("EJECTED");
        assertThat(state(well)).isEqualTo("READY");
    }

    @Test
    void whereEveryWorkerRefusesTheCallerIsToldThatTheyFailed() {
        serveAll(router.worker(answers(403, """
                {"error":"Invalid auth token"}""")));

        Answer answer = router.predict();

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.code()).isEqualTo("WORKER_FAILED");
        assertThat(answer.detail())
                .isEqualTo("AI/fib: the worker refused the router's request; the router's log says why");
        assertThat(answer.body()).doesNotContain("does not fit");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 405, 409, 413, 422})
    void aStatusThatTheFunctionChoseIsItsAnswer(int status) {
        FakeWorker.Script refuses = answers(status, """
                {"error":"no such customer"}""", "X-Foretell-Error-Of", "function");
        serveAll(router.worker(refuses), router.worker(refuses));

        Answer answer = router.predict();

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.detail()).isEqualTo("no such customer");
        assertThat(answer.json().path("title").asText())
                .isEqualTo(
                        status == 400
                                ? "The request is malformed"
                                : status == 422 ? "The input does not fit" : "The model refuses the call");
        assertThat(answer.json().path("tries").asInt()).isEqualTo(1);
    }

    @Test
    void theNameAndTraceOfACallReachItsWorkers() {
        FakeWorker only = router.worker(answers("2"));
        serveAll(only);
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        router.predict("X-Request-Id", "mine", "traceparent", trace, "tracestate", "a=1");

        assertThat(only.last().headers())
                .containsEntry("X-Request-Id", "mine")
                .containsEntry("traceparent", trace)
                .containsEntry("tracestate", "a=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "hello"
            })
    void anInvalidTraceReachesNoWorker(String trace) {
        FakeWorker only = router.worker(answers("2"));
        serveAll(only);

        router.predict("traceparent", trace, "tracestate", "a=1");

        assertThat(only.last().headers()).doesNotContainKeys("traceparent", "tracestate");
    }
}
