package dev.foretell.router;

import static dev.foretell.router.EnsembleStage.answering;
import static dev.foretell.router.EnsembleStage.hung;
import static dev.foretell.router.EnsembleStage.predict;
import static dev.foretell.router.EnsembleStage.put;
import static dev.foretell.router.EnsembleStage.serve;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.LiveRouter.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ensembles are called like models; their members are called at once, and their responses become one. */
@OnEveryTransport
class EnsembleTest {
    @RegisterExtension
    static final LiveRouter router = LiveRouter.with("deadline.by-default", "60s", "admission.models.AI/fib", "4");

    private static FakeWorker failing() {
        return router.worker(call -> call.answer(500, "{\"error\":\"no\"}", "X-Foretell-Error-Of", "function"));
    }

    /** However the connection ends: closed or reset. */
    private static void awaitHangUp(FakeWorker.Call call, CountDownLatch released) throws IOException {
        try {
            call.awaitHangUp();
        } finally {
            released.countDown();
        }
    }

    @Test
    void theMeanOfTwoFunctionsIsOneResponse() {
        serve(router, answering(router, "1"), answering(router, "4"));
        put(router, "mix", "{\"merge\":\"mean\",\"members\":[\"fib\",\"b\"]}");

        Answer answer = predict(router, "mix");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("2.5");
        assertThat(answer.header("X-Ensemble-Members")).isEqualTo("2/2");
    }

    @Test
    void theResponseTellsOfItsMembersToWhoAsks() {
        serve(router, answering(router, "1"), answering(router, "4"), failing());
        put(router, "told", "{\"merge\":\"weighted\",\"members\":[{\"model\":\"fib\",\"weight\":3},\"b\",\"c\"]}");

        Answer answer = predict(router, "told", "X-Ensemble-Members", "1");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("answer").asDouble()).isEqualTo(1.75);
        assertThat(answer.json().path("spread").asDouble()).isEqualTo(Math.sqrt(1.6875));
        assertThat(answer.json().path("members").findValuesAsText("weight")).containsExactly("0.75", "0.25", "0");
        assertThat(answer.json().path("members").findValuesAsText("status")).containsExactly("200", "200", "500");
        assertThat(answer.json().path("members").findValuesAsText("model")).containsExactly("AI/fib", "AI/b", "AI/c");
        assertThat(answer.json().path("members").findValuesAsText("answer")).containsExactly("1", "4");
        assertThat(answer.json().path("members").findValuesAsText("code")).containsExactly("FUNCTION_FAILED");
        assertThat(answer.json().path("members").findValues("ms")).hasSize(3);
    }

    @Test
    void aMissedQuorumIs503() {
        serve(router, answering(router, "1"), router.worker(call -> call.answer(500, "{}")));
        put(router, "whole", "{\"merge\":\"mean\",\"members\":[\"fib\",\"b\"],\"onMissing\":\"fail\"}");

        Answer answer = predict(router, "whole");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("QUORUM_MISSED");
        assertThat(answer.json().path("retryable").booleanValue()).isTrue();
        assertThat(answer.header("Retry-After")).isNotEmpty();
        assertThat(answer.detail()).contains("needs 2 of its 2 members").contains("b (502");
    }

    @Test
    void aMemberThatFailsOnItsInputMakesARetryUseless() {
        serve(router, answering(router, "1"), failing());
        put(router, "whole", "{\"merge\":\"mean\",\"members\":[\"fib\",\"b\"],\"onMissing\":\"fail\"}");

        Answer answer = predict(router, "whole");

        assertThat(answer.code()).isEqualTo("QUORUM_MISSED");
        assertThat(answer.json().path("retryable").booleanValue()).isFalse();
        assertThat(answer.header("Retry-After")).isEmpty();
        assertThat(answer.detail()).contains("b (500");
    }

    @Test
    void aHungMemberIsMissingAfterItsDeadlineAndHoldsNothing() {
        FakeWorker hung = hung(router);
        serve(
                router,
                hung,
                answering(router, "1"),
                answering(router, "2"),
                answering(router, "3"),
                answering(router, "6"));
        put(router, "five", """
                {"merge":"mean","members":[{"model":"fib","deadlineMs":200},"b","c","d","e"]}""");

        Answer answer = predict(router, "five", "X-Ensemble-Members", "1");

        assertThat(answer.json().path("answer").asDouble()).as(answer.body()).isEqualTo(3);
        assertThat(answer.header("X-Ensemble-Members")).isEqualTo("4/5");
        assertThat(answer.json().path("members").get(0).path("code").asText()).isEqualTo("DEADLINE_EXCEEDED");
        assertThat(Integer.parseInt(hung.last().headers().get("X-Request-Timeout-Ms")))
                .as("its worker is told when to stop")
                .isLessThanOrEqualTo(200);
        router.awaitIdle();
    }

    @Test
    void aCallerThatHangsUpCancelsAllMembers() throws IOException, InterruptedException {
        CountDownLatch arrived = new CountDownLatch(2);
        CountDownLatch released = new CountDownLatch(2);
        FakeWorker.Script script = call -> {
            arrived.countDown();
            awaitHangUp(call, released);
        };
        serve(router, router.worker(script), router.worker(script));
        put(router, "left", "{\"merge\":\"all\",\"members\":[\"fib\",\"b\"]}");
        String body = "{\"modelId\":\"left\",\"data\":{\"n\":2}}";

        try (RawClient client = RawClient.to(router.port())) {
            client.say("POST /v1/AI_model/predict HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + body.length()
                    + "\r\n\r\n" + body);
            assertThat(arrived.await(60, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(released.await(60, TimeUnit.SECONDS)).isTrue();
        router.awaitIdle();
    }

    @Test
    void theFirstResponseIsTakenAndTheOthersAreCancelled() {
        CountDownLatch released = new CountDownLatch(1);
        FakeWorker hung = router.worker(call -> awaitHangUp(call, released));
        serve(router, hung, answering(router, "{\"from\":\"b\"}"));
        put(router, "quick", "{\"merge\":\"first\",\"members\":[\"fib\",\"b\"]}");

        Answer answer = predict(router, "quick");

        assertThat(answer.body()).isEqualTo("{\"from\":\"b\"}");
        Awaitility.await().until(() -> released.getCount() == 0);
        router.awaitIdle();
    }

    @Test
    void inputThatMembersRefuseIsTheCallersFault() {
        FakeWorker refusing = router.worker(
                call -> call.answer(422, "{\"error\":\"n is missing\"}", "X-Foretell-Error-Of", "function"));
        serve(router, refusing, answering(router, "1"));
        put(router, "strict", "{\"merge\":\"mean\",\"members\":[\"fib\",\"b\"],\"onMissing\":\"fail\"}");

        Answer answer = predict(router, "strict");

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.detail()).isEqualTo("n is missing");
    }

    @Test
    void aMemberOfAnotherShapeOrNoJsonIsMissing() {
        serve(
                router,
                answering(router, "[1,2]"),
                answering(router, "[3,4]"),
                answering(router, "[5]"),
                answering(router, "oh"));
        put(router, "odd", "{\"merge\":\"max\",\"members\":[\"fib\",\"b\",\"c\",\"d\"],\"quorum\":2}");

        Answer answer = predict(router, "odd");

        assertThat(answer.body()).isEqualTo("[3,4]");
        assertThat(answer.header("X-Ensemble-Members")).isEqualTo("2/4");
    }

    private static String packed(String plain) {
        return new String(Packed.GZIP.pack(plain.getBytes(StandardCharsets.UTF_8)), StandardCharsets.ISO_8859_1);
    }

    @Test
    void membersMayCompressTheirResponses() {
        String three = packed("3");
        FakeWorker packing = router.worker(call -> call.answer(200, three, "Content-Encoding", "gzip"));
        FakeWorker odd = router.worker(call -> call.answer(200, three, "Content-Encoding", "br"));
        FakeWorker broken = router.worker(call -> call.answer(200, "3", "Content-Encoding", "gzip"));
        String tooMany = packed(" ".repeat(2 << 20));
        FakeWorker wordy = router.worker(call -> call.answer(200, tooMany, "Content-Encoding", "gzip"));
        serve(router, packing, answering(router, "5"), odd, broken, wordy);
        put(router, "packed", "{\"merge\":\"mean\",\"members\":[\"fib\",\"b\",\"c\",\"d\",\"e\"],\"quorum\":2}");

        Answer answer = predict(router, "packed", "X-Ensemble-Members", "1");

        assertThat(answer.json().path("answer").asDouble()).as(answer.body()).isEqualTo(4);
        assertThat(answer.json().path("members").findValuesAsText("detail"))
                .containsExactly(
                        "the worker's response has a Content-Encoding other than gzip",
                        "the worker's response is not the gzip that it claims to be",
                        "the worker's response is longer than 1048576 bytes without its compression");
    }

    @Test
    void membersThatVanishAreMissing() {
        serve(router, answering(router, "1"), answering(router, "2"), answering(router, "3"));
        put(router, "fading", "{\"merge\":\"median\",\"members\":[\"fib\",\"b\",\"c\"]}");
        serve(router, answering(router, "1"), answering(router, "2"));

        Answer two = predict(router, "fading");
        serve(router, answering(router, "1"));
        Answer one = predict(router, "fading");

        assertThat(two.body()).isEqualTo("1.5");
        assertThat(one.status()).isEqualTo(503);
        assertThat(one.detail()).contains("no model 'c' of type AI");
    }

    @Test
    void ensemblesAreMembersOfEnsembles() {
        serve(router, answering(router, "1"), answering(router, "3"), answering(router, "10"));
        put(router, "inner", "{\"merge\":\"mean\",\"members\":[\"fib\",\"b\"]}");
        put(router, "outer", "{\"merge\":\"max\",\"members\":[\"inner\",\"c\"]}");

        Answer answer = predict(router, "outer", "X-Ensemble-Members", "1");

        assertThat(answer.json().path("answer").asText()).as(answer.body()).isEqualTo("10");
        assertThat(answer.json().path("members").get(0).path("answer").asDouble())
                .isEqualTo(2);
    }

    @Test
    void aHungMemberOfFullWeightFailsTheCallBeforeItsOwnDeadline() {
        serve(router, hung(router));
        put(router, "alone", "{\"merge\":\"mean\",\"members\":[\"fib\"]}");

        Answer answer = predict(router, "alone", "X-Request-Timeout-Ms", "2000");

        assertThat(answer.status()).as(answer.body()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("QUORUM_MISSED");
        assertThat(answer.detail()).contains("fib (504");
    }
}
