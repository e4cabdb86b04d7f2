package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.LiveRouter.Answer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** At most one call of a model in flight, three that wait: over HTTP, on all event loops. */
class ModelLimitTest {
    @RegisterExtension
    static final LiveRouter router = LiveRouter.with(
            "admission.limit", "fixed",
            "admission.max-concurrent", "1",
            "admission.queue", "3",
            "admission.max-wait", "10s");

    private final HeldCalls held = new HeldCalls();

    @BeforeEach
    void serve() {
        FakeWorker worker = router.worker(held);
        router.serve(worker);
        router.awaitState(worker, "READY");
    }

    private CompletableFuture<Answer> inFlight() {
        CompletableFuture<Answer> call = router.predictAsync("0");
        Awaitility.await().until(() -> held.here() == 1);
        return call;
    }

    /** A call that has joined so many others in the queue. */
    private CompletableFuture<Answer> waiting(String data, int others, String... headers) {
        CompletableFuture<Answer> call = router.predictAsync(data, headers);
        router.awaitWaiting(others + 1);
        return call;
    }

    private List<CompletableFuture<Answer>> fullHouse() {
        return List.of(
                inFlight(),
                waiting("1", 0, "X-Priority", "low"),
                waiting("2", 1, "X-Priority", "normal"),
                waiting("3", 2, "X-Priority", "low"));
    }

    @Test
    void aWorkerNeverSeesMoreCallsAtOnceThanTheLimit() {
        List<CompletableFuture<Answer>> calls = IntStream.range(0, 4)
                .mapToObj(i -> router.predictAsync(String.valueOf(i)))
                .toList();
        router.awaitWaiting(3);

        held.letGo(4);

        assertThat(calls).allMatch(call -> call.join().status() == 200);
        assertThat(held.mostAtOnce()).isEqualTo(1);
        assertThat(router.load().inFlight()).isZero();
    }

    @Test
    void callsGoInByPriorityAndThenInOrder() {
        List<CompletableFuture<Answer>> calls = List.of(
                inFlight(),
                waiting("1", 0, "X-Priority", "low"),
                waiting("2", 1),
                waiting("3", 2, "X-Priority", "high"));

        held.letGo(4);

        assertThat(calls).allMatch(call -> call.join().status() == 200);
        assertThat(held.bodies()).containsExactly("0", "3", "2", "1");
    }

    @Test
    void aFullQueueIsA429ThatSaysWhenToComeBack() {
        List<CompletableFuture<Answer>> calls = fullHouse();

        Answer refused = router.predict("X-Priority", "low");
        held.letGo(4);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("QUEUE_FULL");
        assertThat(refused.header("Retry-After")).matches("[1-9]|[1-5][0-9]|60");
        assertThat(refused.json().path("model").asText()).isEqualTo("AI/fib");
        assertThat(refused.json().path("tries").asInt()).isZero();
        assertThat(refused.json().path("retryable").asBoolean()).isTrue();
        assertThat(calls).allMatch(call -> call.join().status() == 200);
    }

    @Test
    void theNewestOfTheLowestMakesRoomForAHigherOne() {
        List<CompletableFuture<Answer>> calls = fullHouse();

        CompletableFuture<Answer> high = router.predictAsync("4", "X-Priority", "high");
        Answer shed = calls.get(3).join();
        held.letGo(4);

        assertThat(shed.status()).isEqualTo(429);
        assertThat(shed.code()).isEqualTo("QUEUE_FULL");
        assertThat(high.join().status()).isEqualTo(200);
        assertThat(calls.subList(0, 3)).allMatch(call -> call.join().status() == 200);
        assertThat(held.bodies()).containsExactly("0", "4", "2", "1");
    }

    @Test
    void aDeadlineThatPassesInTheQueueIsA504AndNoWorkerSeesTheCall() {
        CompletableFuture<Answer> first = inFlight();

        Answer late = router.predict("X-Request-Timeout-Ms", "100");
        held.letGo(1);

        assertThat(late.status()).isEqualTo(504);
        assertThat(late.code()).isEqualTo("DEADLINE_EXCEEDED");
        assertThat(late.detail()).contains("queue");
        assertThat(first.join().status()).isEqualTo(200);
        assertThat(held.bodies()).containsExactly("0");
    }

    @Test
    void aCallerWhoHangsUpLeavesTheQueue() throws IOException {
        CompletableFuture<Answer> first = inFlight();
        try (RawClient client = RawClient.to(router.port())) {
            String body = """
                    {"modelId":"fib","data":1}""";
            client.say("POST /v1/AI_model/predict HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\n\r\n"
                    + body);
            router.awaitWaiting(1);
        }

        router.awaitWaiting(0);
        held.letGo(1);

        assertThat(first.join().status()).isEqualTo(200);
        assertThat(held.bodies()).containsExactly("0");
        assertThat(router.load().inFlight()).isZero();
    }

    @Test
    void anUnknownPriorityIsA422() {
        Answer answer = router.predict("X-Priority", "highest");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("INVALID_INPUT");
        assertThat(answer.detail()).contains("X-Priority");
    }
}
