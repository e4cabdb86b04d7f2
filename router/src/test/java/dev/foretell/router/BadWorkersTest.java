package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.FakeWorker.Script;
import dev.foretell.router.LiveRouter.Answer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults of workers: a healthy worker answers instead; without one, the response names the fault. */
class BadWorkersTest {
    private static final int CALLS = 40;

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with(
            "upstream.max-answer-bytes",
            "1000000",
            "health.timeout",
            "1s",
            "deadline.by-default",
            "20s",
            "balance.policy",
            "round_robin");

    /** A worker that breaks its calls, and how the response describes that if the model has no other. */
    record Bad(String name, Script script, int status, String code, int tries, String detail) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Bad> breaking() {
        return Stream.of(
                failed("half-closing", Scripts.halfCloses(), 2, "broke off the connection"),
                failed("closing without a word", Scripts.closesWithoutAWord(), 2, "broke off the connection"),
                failed("garbage", Scripts.garbage(), 1, "response could not be read"),
                failed("endless", Scripts.endless(), 1, "response is too long"),
                failed("302", answers(302, "", "Location", "http://127.0.0.1:1/"), 1, "response could not be read"),
                failed("304", answers(304, ""), 1, "response could not be read"),
                failed("101", Scripts.changesProtocol(), 1, "response could not be read"),
                failed("500", answers(500, """
                        {"error":"secret"}"""), 1, "the worker itself failed"),
                failed("502 without a body", answers(502, ""), 1, "the worker itself failed"),
                failed("599", answers(599, "x"), 1, "the worker itself failed"),
                new Bad("503", answers(503, "busy", "Retry-After", "7"), 503, "WORKERS_BUSY", 1, "busy"),
                new Bad("429", answers(429, "slow down", "Retry-After", "7"), 503, "WORKERS_BUSY", 1, "busy"));
    }

    private static Bad failed(String name, Script script, int tries, String detail) {
        return new Bad(name, script, 502, "WORKER_FAILED", tries, detail);
    }

    @ParameterizedTest
    @MethodSource("breaking")
    void besideAHealthyOneNoCallFails(Bad bad) {
        FakeWorker broken = router.worker(bad.script());
        FakeWorker healthy = router.worker(answers("2"));
        router.serve(broken, healthy);
        router.awaitState(broken, "READY");
        router.awaitState(healthy, "READY");

        for (int i = 0; i < CALLS; i++) {
            Answer answer = router.predict();

            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("2");
        }
        assertThat(broken.calls()).isPositive();
        assertThat(healthy.calls()).isEqualTo(CALLS);
    }

    @ParameterizedTest
    @MethodSource("breaking")
    void besideAHealthyOneNoCallOfManyAtOnceFails(Bad bad) {
        FakeWorker broken = router.worker(bad.script());
        FakeWorker healthy = router.worker(answers("2"));
        router.serve(broken, healthy);
        router.awaitState(broken, "READY");
        router.awaitState(healthy, "READY");

        for (int round = 0; round < 5; round++) {
            assertThat(Stream.generate(router::predictAsync).limit(20).toList())
                    .allSatisfy(call -> assertThat(call.join().body()).isEqualTo("2"));
        }
    }

    @Test
    void callsBehindASlowOneAreNotHeldUpNorMixedUp() {
        FakeWorker worker = router.worker(call -> {
            if (call.number() == 50) {
                Scripts.slow(500, call.body()).play(call);
            } else {
                call.answer(200, call.body());
            }
        });
        router.serve(worker);
        router.awaitState(worker, "READY");

        for (int round = 0; round < 20; round++) {
            List<CompletableFuture<Answer>> calls = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                calls.add(router.predictAsync("""
                        {"n":%s}""".formatted(20 * round + i)));
            }
            for (int i = 0; i < 20; i++) {
                assertThat(calls.get(i).join().body()).isEqualTo("""
                        {"n":%s}""".formatted(20 * round + i));
            }
        }
        assertThat(worker.calls()).isEqualTo(400);
    }

    @ParameterizedTest
    @MethodSource("breaking")
    void aloneItIsNamedAsTheReason(Bad bad) {
        FakeWorker broken = router.worker(bad.script());
        router.serve(broken);
        router.awaitState(broken, "READY");

        Answer answer = router.predict();

        assertThat(answer.status()).as(answer.body()).isEqualTo(bad.status());
        assertThat(answer.code()).isEqualTo(bad.code());
        assertThat(answer.json().path("tries").asInt()).isEqualTo(bad.tries());
        assertThat(answer.json().path("model").asText()).isEqualTo("AI/fib");
        assertThat(answer.json().path("retryable").asBoolean()).isTrue();
        assertThat(answer.detail()).contains("AI/fib").contains(bad.detail()).doesNotContain("secret", "127.0.0.1");
        assertThat(answer.header("Retry-After")).isEqualTo(bad.status() == 503 ? "7" : "");
    }

    @Test
    void busyWorkersAreNeverEjected() {
        FakeWorker busy = router.worker(answers(503, "busy"));
        FakeWorker busyToo = router.worker(answers(429, "busy"));
        router.serve(busy, busyToo);
        router.awaitState(busy, "READY");
        router.awaitState(busyToo, "READY");

        for (int i = 0; i < CALLS; i++) {
            Answer answer = router.predict();
            assertThat(answer.code()).isEqualTo("WORKERS_BUSY");
            assertThat(answer.json().path("tries").asInt()).isEqualTo(2);
            assertThat(answer.header("Retry-After")).isEqualTo("1");
        }

        assertThat(router.workersOfAi().path(busy.id()).path("state").asText()).isEqualTo("READY");
        assertThat(router.workersOfAi().path(busyToo.id()).path("state").asText())
                .isEqualTo("READY");
    }

    @Test
    void aWorkersOwn4xxKeepsItsStatusAndWordsAndNeverEjects() {
        FakeWorker refusing = router.worker(answers(422, """
                {"error":"missing a required argument: 'n'"}""", "X-Inner", "1"));
        FakeWorker refusingToo = router.worker(answers(418, "short and stout"));
        router.serve(refusing, refusingToo);
        router.awaitState(refusing, "READY");
        router.awaitState(refusingToo, "READY");

        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            answers.add(router.predict());
        }

        assertThat(answers).extracting(Answer::status).containsOnly(418, 422);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 422)
                .allSatisfy(answer -> assertThat(answer.detail()).isEqualTo("missing a required argument: 'n'"));
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 418)
                .allSatisfy(answer -> assertThat(answer.detail()).isEqualTo("short and stout"));
        assertThat(refusing.calls() + refusingToo.calls()).isEqualTo(CALLS);
        assertThat(router.workersOfAi().path(refusing.id()).path("state").asText())
                .isEqualTo("READY");
        assertThat(router.workersOfAi().path(refusingToo.id()).path("state").asText())
                .isEqualTo("READY");
    }

    @Test
    void aWorkerThatRefusesConnectionsIsAvoidedAtOnce() {
        FakeWorker gone = router.worker(answers("1"));
        FakeWorker healthy = router.worker(answers("2"));
        router.serve(gone, healthy);
        router.awaitState(gone, "READY");
        router.awaitState(healthy, "READY");
        gone.stop();

        for (int i = 0; i < CALLS; i++) {
            assertThat(router.predict().body()).isEqualTo("2");
        }

        router.awaitState(gone, "DOWN");
    }

    @Test
    void aModelWithNoWorkerUpSaysSo() {
        FakeWorker gone = router.worker(answers("1"));
        gone.stop();
        router.serve(gone);

        Answer answer = router.predict();

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("NO_WORKER");
        assertThat(answer.header("Retry-After")).isEqualTo("2");
        assertThat(answer.detail()).endsWith("its only worker can take no calls: it fails its probes");
        assertThat(answer.json().path("tries").asInt()).isZero();
    }

    @Test
    void aWorkerThatComesBackGetsCallsAgain() {
        FakeWorker worker = router.worker(answers("2"));
        router.serve(worker);
        router.awaitState(worker, "READY");

        worker.stop();
        router.awaitState(worker, "DOWN");
        assertThat(router.predict().status()).isEqualTo(503);
        assertThat(router.get("/elb-healthcheck").status()).isEqualTo(503);
        assertThat(router.workersOfAi().path(worker.id()).path("fail_count").asInt())
                .isPositive();

        worker.startAgain();
        router.awaitState(worker, "READY");
        assertThat(router.predict().status()).isEqualTo(200);
    }

    @Test
    void aWorkerWhoseProbesFailGetsNoCallsUntilTheyPass() {
        FakeWorker worker = router.worker(answers("2"));
        router.serve(worker);
        router.awaitState(worker, "READY");

        worker.probed(answers(500, "ill"));
        router.awaitState(worker, "DOWN");
        assertThat(router.predict().code()).isEqualTo("NO_WORKER");
        assertThat(worker.calls()).isZero();

        worker.probedWell();
        router.awaitState(worker, "READY");
        assertThat(router.predict().status()).isEqualTo(200);
    }

    @Test
    void aWorkerThatSaysItsDeadlinePassedIsTakenAtItsWord() {
        FakeWorker worker = router.worker(answers(504, """
                {"error":"too late"}"""));
        router.serve(worker);
        router.awaitState(worker, "READY");

        Answer answer = router.predict();

        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.code()).isEqualTo("DEADLINE_EXCEEDED");
        assertThat(worker.calls()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("endless")
    void aWorkerThatNeverEndsIsAnsweredForAtTheDeadline(Script script) {
        FakeWorker worker = router.worker(script);
        router.serve(worker);
        router.awaitState(worker, "READY");
        long start = System.nanoTime();

        Answer answer = router.predict("X-Request-Timeout-Ms", "300");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(290));
        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.code()).isEqualTo("DEADLINE_EXCEEDED");
        assertThat(answer.json().path("model").asText()).isEqualTo("AI/fib");
        assertThat(answer.json().path("tries").asInt()).isEqualTo(1);
        Awaitility.await().until(() -> worker.hangUps() == 1);
        assertThat(worker.calls()).isEqualTo(1);
    }

    static Stream<Script> endless() {
        return Stream.of(Scripts.hangs(), Scripts.trickles());
    }

    @Test
    void aWorkerWhoseConnectionsDoNotOpenIsLeftOutAndCostsNoCall() throws Exception {
        FakeWorker healthy = router.worker(answers("2"));
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket first = new Socket(full.getInetAddress(), full.getLocalPort());
                Socket second = new Socket(full.getInetAddress(), full.getLocalPort())) {
            assertThat(first.isConnected() && second.isConnected()).isTrue();
            router.serve("""
                    {"host":"127.0.0.1","port":%s}""".formatted(full.getLocalPort()), healthy.entry());

            for (int i = 0; i < CALLS; i++) {
                assertThat(router.predict().body()).isEqualTo("2");
            }
        }
    }

    @Test
    void callsAtAHangingWorkerThatIsFoundDownAreAnsweredByTheHealthyOneWithinTheirDeadline() {
        FakeWorker hanging = router.worker(Scripts.hangs());
        FakeWorker healthy = router.worker(answers("2"));
        router.serve(healthy);
        router.awaitState(healthy, "READY");
        for (int i = 0; i < 20; i++) {
            assertThat(router.predict().body()).isEqualTo("2");
        }
        router.serve(hanging, healthy);
        router.awaitState(hanging, "READY");

        List<CompletableFuture<Answer>> calls =
                Stream.generate(router::predictAsync).limit(10).toList();
        Awaitility.await().until(() -> hanging.calls() > 0);
        hanging.probed(Scripts.hangs());

        assertThat(calls).allSatisfy(call -> assertThat(call.join().body()).isEqualTo("2"));
        router.awaitState(hanging, "DOWN");
    }

    @Test
    void aLoneWorkerThatClosesItsIdleConnectionsFailsNoCall() {
        FakeWorker worker = router.worker(Scripts.answersThenCloses("2"));
        router.serve(worker);
        router.awaitState(worker, "READY");

        for (int i = 0; i < 200; i++) {
            Answer answer = router.predict();
            assertThat(answer.status()).as(i + " " + answer.body()).isEqualTo(200);
        }
    }

    @Test
    void aLoneWorkerRestartedBetweenCallsFailsNoCall() {
        FakeWorker worker = router.worker(answers("2"));
        router.serve(worker);
        router.awaitState(worker, "READY");

        for (int i = 0; i < 20; i++) {
            // A probe that was under way is cut off as well, and its worker down until the next.
            router.awaitState(worker, "READY");
            assertThat(router.predict().code()).isIn("", "NO_WORKER");
            worker.closeConnections();
        }
    }
}
