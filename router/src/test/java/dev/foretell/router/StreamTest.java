package dev.foretell.router;

import static dev.foretell.router.Scripts.LINES;
import static dev.foretell.router.Scripts.answers;
import static dev.foretell.router.Scripts.chunk;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.FakeWorker.Call;
import dev.foretell.router.FakeWorker.Script;
import dev.foretell.router.LiveRouter.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Answers that are passed on while the worker makes them. */
class StreamTest {
    private static final String END = "0\r\n\r\n";
    private static final int MEGABYTE = 1024 * 1024;

    @RegisterExtension
    static final LiveRouter router =
            LiveRouter.with("deadline.stream-silence", "20s", "balance.policy", "round_robin", "http.drain", "10s");

    private static ConditionFactory eventually() {
        return Awaitility.await().pollInterval(Duration.ofMillis(5));
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RawClient ask(String data, String... headers) throws IOException {
        String body = """
                {"modelId":"fib","data":%s}""".formatted(data);
        return RawClient.to(router.port())
                .say("POST /v1/AI_model/predict HTTP/1.1\r\nHost: x\r\n" + String.join("", headers) + "Content-Length: "
                        + body.length() + "\r\n\r\n" + body);
    }

    private static FakeWorker serve(Script script) {
        FakeWorker worker = router.worker(script);
        router.serve(worker);
        router.awaitState(worker, "READY");
        return worker;
    }

    private static JsonNode of(FakeWorker worker) {
        return router.workersOfAi().path(worker.id());
    }

    private static void awaitNothingInFlight(FakeWorker worker) {
        eventually().until(() -> of(worker).path("in_flight").asInt() == 0);
    }

    /** As the router counts them. */
    private static long counted(FakeWorker worker) {
        return router.get("/elb-healthcheck")
                .json()
                .at("/requests/fib/" + worker.id())
                .asLong();
    }

    /** Sends a second item, and the end, when it may. */
    private static Script twoItems(CountDownLatch mayGoOn) {
        return call -> {
            call.write(LINES + chunk("1\n"));
            await(mayGoOn);
            call.write(chunk("2\n") + END);
        };
    }

    @Test
    void anItemArrivesBeforeTheNextIsMadeAndTheCallCountsWhenItEnds() throws Exception {
        CountDownLatch mayGoOn = new CountDownLatch(1);
        FakeWorker worker = serve(twoItems(mayGoOn));

        try (RawClient client = ask("{}")) {
            assertThat(client.readUntil("1\n")).contains("application/x-ndjson", "transfer-encoding: chunked");
            assertThat(of(worker).path("in_flight").asInt()).isEqualTo(1);
            assertThat(counted(worker)).isZero();
            mayGoOn.countDown();
            client.readUntil(chunk("2\n") + END);

            awaitNothingInFlight(worker);
            eventually().until(() -> counted(worker) == 1);
            client.say("""
                    POST /v1/AI_model/predict HTTP/1.1\r\nHost: x\r\nContent-Length: 29\r\n\r\n\
                    {"modelId":"fib","data":null}""");
            assertThat(client.readUntil(END)).contains("1\n", "2\n");
        }
        assertThat(of(worker).path("in_flight").asInt()).isZero();
    }

    @Test
    void theHeadIsPassedOnAtOnceAndTheDeadlineEndsThere() throws Exception {
        CountDownLatch mayGoOn = new CountDownLatch(1);
        serve(call -> {
            call.write(LINES);
            await(mayGoOn);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(400));
            call.write(chunk("1\n") + END);
        });

        try (RawClient client = ask("{}", "X-Request-Timeout-Ms: 300\r\n", "X-Request-Id: mine\r\n")) {
            assertThat(client.readUntil("\r\n\r\n").toLowerCase(java.util.Locale.ROOT))
                    .contains("x-request-id: mine");
            mayGoOn.countDown();

            assertThat(client.readUntil(END)).isEqualTo(chunk("1\n") + END);
        }
    }

    @Test
    void aWorkerWithoutAHeadMeetsTheDeadline() {
        serve(Scripts.hangs());

        assertThat(router.predict("X-Request-Timeout-Ms", "100", "Accept", "text/event-stream")
                        .code())
                .isEqualTo("DEADLINE_EXCEEDED");
    }

    @Test
    void asksForEventsWhereTheCallerDoes() {
        FakeWorker worker = serve(call -> call.write(
                LINES.replace("application/x-ndjson", "text/event-stream;charset=utf-8") + chunk("data: 1\n\n") + END));

        Answer answer = router.predict("Accept", "text/event-stream");

        assertThat(answer.body()).isEqualTo("data: 1\n\n");
        assertThat(answer.header("content-type")).isEqualTo("text/event-stream;charset=utf-8");
        assertThat(worker.last().headers()).containsEntry("Accept", "text/event-stream");
        router.predict("Accept", "*/*");
        assertThat(worker.last().headers()).doesNotContainKey("Accept");
    }

    @Test
    void aSlowReaderHoldsTheWorkerBackAndGoingOnLetsItGoOn() throws Exception {
        AtomicLong written = new AtomicLong();
        FakeWorker worker = serve(counting(written));

        try (RawClient client = ask("{}")) {
            client.readUntil("\r\n\r\n");
            eventually().during(Duration.ofMillis(150)).until(written::get, before -> before == written.get());
            long held = written.get();
            assertThat(held).isLessThan(32L * MEGABYTE);
            client.skip(2 * held);

            eventually().until(() -> written.get() > held);
        }
        eventually().until(() -> worker.hangUps() == 1);
        awaitNothingInFlight(worker);
        assertThat(of(worker).path("failures").asInt()).isZero();
    }

    private static Script counting(AtomicLong written) {
        String line = chunk("x".repeat(0xFFFF) + "\n");
        return call -> {
            call.write(LINES);
            while (true) {
                call.write(line);
                written.addAndGet(line.length());
            }
        };
    }

    @Test
    void aCallerThatHangsUpEndsTheWorkersPart() throws Exception {
        FakeWorker worker = serve(call -> {
            call.write(LINES + chunk("1\n"));
            call.awaitHangUp();
            throw new IOException("hung up");
        });

        try (RawClient client = ask("{}")) {
            client.readUntil("1\n");
        }

        eventually().until(() -> worker.hangUps() == 1);
        awaitNothingInFlight(worker);
        assertThat(of(worker).path("failures").asInt()).isZero();
    }

    @Test
    void aWorkerThatBreaksOffIsNotTakenForOneThatEnds() throws Exception {
        FakeWorker worker = serve(call -> {
            call.write(LINES + chunk("1\n"));
            call.write(chunk("""
                    {"error":"broken"}
                    """));
            call.socket().close();
        });

        try (RawClient client = ask("{}")) {
            String all = client.readAll();

            assertThat(all).contains("1\n", """
                    {"error":"broken"}
                    """).doesNotContain(END);
        }
        awaitNothingInFlight(worker);
        assertThat(of(worker).path("failures").asInt()).isEqualTo(1);
        assertThat(counted(worker)).isZero();
        assertThat(worker.calls()).isEqualTo(1);
    }

    @Test
    void callsThatShareAConnectionWithAStreamAreNotHeldUp() throws Exception {
        CountDownLatch mayGoOn = new CountDownLatch(1);
        FakeWorker worker = serve(call -> {
            if (call.body().equals("\"stream\"")) {
                twoItems(mayGoOn).play(call);
            } else {
                call.answer(200, call.body());
            }
        });
        for (int round = 0; round < 20; round++) {
            assertThat(together("1", 20)).allMatch("1"::equals);
        }

        try (RawClient one = ask("\"stream\"");
                RawClient another = ask("\"stream\"")) {
            assertThat(together("2", 40)).allMatch("2"::equals);
            one.readUntil("1\n");
            another.readUntil("1\n");
            assertThat(together("3", 40)).allMatch("3"::equals);
            mayGoOn.countDown();
            one.readUntil(END);
            another.readUntil(END);
        }
        awaitNothingInFlight(worker);
        assertThat(together("4", 40)).allMatch("4"::equals);
    }

    private static Stream<String> together(String data, int calls) {
        return Stream.generate(() -> router.predictAsync(data)).limit(calls).toList().stream()
                .map(CompletableFuture::join)
                .map(Answer::body);
    }

    @Test
    void aLongAnswerIsPassedOnWithItsLength() throws Exception {
        long length = 64L * MEGABYTE;
        serve(call -> {
            call.write("HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: " + length
                    + "\r\n\r\n");
            pour(call, length);
        });

        try (RawClient client = ask("{}")) {
            assertThat(client.readUntil("\r\n\r\n")).contains("content-length: " + length);
            client.skip(length);
        }
    }

    private static void pour(Call call, long bytes) throws IOException {
        byte[] block = new byte[0x10000];
        for (long sent = 0; sent < bytes; sent += block.length) {
            call.out().write(block);
        }
    }

    @Test
    void anAnswerThatTurnsOutLongIsPassedOnFromThere() throws Exception {
        CountDownLatch mayGoOn = new CountDownLatch(1);
        String part = "y".repeat(0x10000);
        serve(call -> {
            call.write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 20; i++) {
                call.write(chunk(part));
            }
            await(mayGoOn);
            call.write(chunk("done") + END);
        });

        try (RawClient client = ask("{}")) {
            client.readUntil("\r\n\r\n");
            client.skip(20L * 0x10000);
            mayGoOn.countDown();
            assertThat(client.readUntil(END)).contains("done");
        }
    }

    @Test
    void refusalsAndShortAnswersAreWhole() {
        FakeWorker worker = serve(call -> call.write(LINES.replace("200 OK", "422 Unprocessable") + chunk("""
                {"error":"no such city"}""") + END));

        assertThat(router.predict().status()).isEqualTo(422);
        assertThat(router.predict().detail()).isEqualTo("no such city");
        worker.predicts(answers(200, "1\n", "Content-Type", "application/x-ndjson"));
        assertThat(router.predict().header("content-length")).isEqualTo("2");
    }

    @Test
    void isTriedElsewhereAsLongAsNothingWasPassedOn() {
        FakeWorker bad = router.worker(Scripts.closesWithoutAWord());
        FakeWorker good = router.worker(call -> call.write(LINES + chunk("1\n") + END));
        router.serve(bad, good);
        router.awaitState(bad, "READY");
        router.awaitState(good, "READY");

        for (int i = 0; i < 4; i++) {
            assertThat(router.predict().body()).isEqualTo("1\n");
        }
    }

    @Test
    void streamsInFlightMayFinishWhileTheRouterStops() throws Exception {
        CountDownLatch mayGoOn = new CountDownLatch(1);
        serve(twoItems(mayGoOn));

        try (RawClient client = ask("{}")) {
            client.readUntil("1\n");
            CompletableFuture<Void> stopping = CompletableFuture.runAsync(router::stop);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            assertThat(stopping).isNotDone();
            mayGoOn.countDown();

            assertThat(client.readUntil(END)).contains("2\n");
            stopping.join();
        } finally {
            router.start();
        }
    }
}
