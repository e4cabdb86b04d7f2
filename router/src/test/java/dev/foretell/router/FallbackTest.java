package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.LiveRouter.Answer;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers get where a model has no answer, over real sockets; and that nobody takes it for the model's own. */
class FallbackTest {
    private static final String INSTEAD = "X-Router-Fallback";

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with(
            "fallback.models.AI/fib.answer", """
                    {"n":[0]}""",
            "fallback.models.AI/good.kind", "last-good",
            "fallback.models.AI/moved.kind", "model",
            "fallback.models.AI/moved.model", "spare",
            "fallback.models.AI/spare.answer", "\"never in a chain\"",
            "cache.models.AI/fib.ttl", "60s",
            "admission.models.AI/fib", "1",
            "admission.queue", "0",
            "breaker.min-calls", "100000");

    @BeforeEach
    void awaitIdle() {
        router.awaitIdle();
    }

    private static Answer predict(String model, String data, String... headers) {
        return router.predictBody("""
                {"modelId":"%s","data":%s}""".formatted(model, data), headers);
    }

    private static String models(String... namesAndEntries) {
        StringBuilder map = new StringBuilder("{\"AI\":{");
        for (int i = 0; i < namesAndEntries.length; i += 2) {
            map.append(i == 0 ? "\"" : ",\"").append(namesAndEntries[i]).append("\":[");
            map.append(namesAndEntries[i + 1]).append("]");
        }
        return map.append("}}").toString();
    }

    private static void assertDefault(Answer answer, String reason) {
        assertThat(answer.header(INSTEAD)).isEqualTo("default; reason=" + reason);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("""
                {"n":[0]}""");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    }

    private static int counted(String reason) {
        return router.get("/elb-healthcheck")
                .json()
                .path("fallbacks")
                .path("fib")
                .path(reason)
                .asInt();
    }

    @ParameterizedTest
    @CsvSource({"500, worker_failed", "503, busy", "429, busy", "504, deadline"})
    void theDefaultStandsInWhereWorkersFail(int status, String reason) {
        FakeWorker worker = router.worker(answers(status, """
                {"error":"no"}"""));
        router.serve(worker);
        int before = counted(reason);

        assertDefault(router.predict(), reason);

        assertThat(counted(reason) - before).isEqualTo(1);
        assertThat(router.get("/elb-healthcheck").json().path("requests").has(worker.id()))
                .isFalse();
    }

    @Test
    void theDefaultStandsInWhereNoWorkerIsThere() {
        FakeWorker worker = router.worker(answers("2"));
        router.serve(worker);
        worker.stop();
        router.awaitState(worker, "DOWN");

        assertDefault(router.predict(), "no_worker");
    }

    @Test
    void theDefaultStandsInWhereTheDeadlinePassesAtTheWorker() {
        router.serve(router.worker(Scripts.hangs()));

        assertDefault(router.predict("X-Request-Timeout-Ms", "100"), "deadline");
    }

    @Test
    void theDefaultStandsInWhereTheDeadlinePassesAheadOfAnyWorker() {
        FakeWorker worker = router.worker(answers("2")).probed(FakeWorker.Call::awaitHangUp);
        router.serve(worker);

        assertDefault(router.predict("X-Request-Timeout-Ms", "20"), "deadline");
        assertThat(worker.calls()).isZero();
    }

    @Test
    void theDefaultStandsInForWhatIsShed() {
        HeldCalls held = new HeldCalls();
        router.serve(router.worker(held));
        CompletableFuture<Answer> waiting = router.predictAsync("1");
        Awaitility.await().until(() -> held.here() == 1);

        assertDefault(router.predict(), "shed");

        held.letGo(1);
        assertThat(waiting.join().body()).isEqualTo("1");
    }

    @Test
    void whatStandsInIsNotKeptInTheCache() {
        FakeWorker worker = router.worker(answers(500, "x"));
        router.serve(worker);
        assertDefault(router.predict(), "worker_failed");

        worker.predicts(answers("2"));

        assertThat(router.predict().body()).isEqualTo("2");
        assertThat(router.predict().header("X-Router-Cache")).isEqualTo("hit");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 409, 422})
    void nothingStandsInForARefusalOfTheFunction(int status) {
        router.serve(router.worker(answers(status, """
                {"error":"no"}""", "X-Foretell-Error-Of", "function")));

        Answer answer = router.predict();

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header(INSTEAD)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/AI_model/predict, '{\"modelId\":\"fib\"', 400",
        "/v1/AI_model/predict, '{\"modelId\":\"fib\"}', 422",
        "/v1/AI_model/predict, '{\"modelId\":\"other\",\"data\":1}', 404",
        "/v1/XY_model/predict, '{\"modelId\":\"fib\",\"data\":1}', 404"
    })
    void nothingStandsInForWhatTheCallerGotWrong(String path, String body, int status) {
        FakeWorker broken = router.worker(answers(500, "x"));
        router.replace(models("fib", broken.entry(), "plain", broken.entry()));

        Answer answer = router.post(path, body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header(INSTEAD)).isEmpty();
    }

    @Test
    void aModelThatIsNotNamedFailsAsEver() {
        FakeWorker broken = router.worker(answers(500, "x"));
        router.replace(models("plain", broken.entry(), "fib", broken.entry()));

        assertThat(predict("plain", "1").code()).isEqualTo("WORKER_FAILED");
    }

    @Test
    void theLastGoodAnswerToTheSameInputStandsIn() {
        FakeWorker worker = router.worker(call -> call.answer(200, Integer.toString(call.number())));
        router.replace(models("good", worker.entry()));
        predict("good", """
                {"n":1}""");
        assertThat(predict("good", """
                {"n":1}""").body()).isEqualTo("2");

        worker.predicts(answers(500, "x"));
        Answer same = predict("good", """
                {"n":1}""");

        assertThat(same.status()).isEqualTo(200);
        assertThat(same.body()).isEqualTo("2");
        assertThat(same.header(INSTEAD)).isEqualTo("last-good; reason=worker_failed");
        assertThat(same.header("X-Router-Cache")).isEmpty();
        assertThat(predict("good", """
                {"n": 1}""").code()).isEqualTo("WORKER_FAILED");

        worker.predicts(Scripts.hangs());
        assertThat(predict("good", """
                {"n":1}""", "X-Request-Timeout-Ms", "100").header(INSTEAD))
                .isEqualTo("last-good; reason=deadline");
        worker.stop();
        Awaitility.await().until(() -> predict("good", """
                {"n":1}""").header(INSTEAD).equals("last-good; reason=no_worker"));
    }

    @Test
    void anotherModelStandsInWithTheTimeThatIsLeft() {
        FakeWorker broken = router.worker(answers(500, "x"));
        FakeWorker spare = router.worker(answers("\"spare\""));
        router.replace(models("moved", broken.entry(), "spare", spare.entry()));

        Answer answer = predict("moved", """
                {"n":1}""", "X-Request-Timeout-Ms", "5000");

        assertThat(answer.body()).isEqualTo("\"spare\"");
        assertThat(answer.header(INSTEAD)).isEqualTo("model; reason=worker_failed");
        assertThat(spare.last().body()).isEqualTo("""
                {"n":1}""");
        assertThat(Integer.parseInt(spare.last().headers().get("X-Request-Timeout-Ms")))
                .isBetween(1, 5000);
    }

    @Test
    void whereTheOtherModelFailsTooTheFirstFailureCountsAndNothingStandsInForIt() {
        FakeWorker broken = router.worker(answers(503, "x"));
        FakeWorker spare = router.worker(answers(500, "x"));
        router.replace(models("moved", broken.entry(), "spare", spare.entry()));

        assertThat(predict("moved", "1").code()).isEqualTo("WORKERS_BUSY");
        spare.predicts(answers(422, """
                {"error":"no"}"""));
        assertThat(predict("moved", "1").code()).isEqualTo("WORKERS_BUSY");
        spare.predicts(Scripts.hangs());
        assertThat(predict("moved", "1", "X-Request-Timeout-Ms", "200").code()).isEqualTo("WORKERS_BUSY");
    }

    @Test
    void anotherModelIsOfNoUseOnceTheDeadlineHasPassedOrIfItIsNotThere() {
        FakeWorker worker = router.worker(Scripts.hangs());
        FakeWorker spare = router.worker(answers("\"spare\""));
        router.replace(models("moved", worker.entry(), "spare", spare.entry()));
        assertThat(predict("moved", "1", "X-Request-Timeout-Ms", "100").code()).isEqualTo("DEADLINE_EXCEEDED");

        router.replace(models("moved", worker.entry()));
        worker.predicts(answers(500, "x"));

        assertThat(predict("moved", "1").code()).isEqualTo("WORKER_FAILED");
        assertThat(spare.calls()).isZero();
    }
}
