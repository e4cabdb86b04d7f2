package dev.foretell.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that together are longer than a quarter of the heap, of a worker that sends all of them but their ends. */
class HeldAnswersTest {
    private static final int CALLS = 50;
    private static final int BYTES = 1_000_000;
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder = Path.of("");

    private final CountDownLatch goOn = new CountDownLatch(1);
    private final Queue<Http.Reply> replies = new ConcurrentLinkedQueue<>();

    private void answerSlowly(ScriptedWorker.Call call) throws java.io.IOException {
        call.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + BYTES + "\r\n\r\n\""
                + "x".repeat(BYTES - 1_000));
        try {
            goOn.await();
        } catch (InterruptedException e) {
            throw new java.io.InterruptedIOException();
        }
        call.write("x".repeat(998) + "\"");
    }

    @Test
    void areRefusedWhereTheyDoNotFitAndTheOthersArrive() throws Exception {
        try (Child router = Child.foretell(
                        "router", "--port", "0", "--data", folder.toString(), "--set", "deadline.by-default=60s");
                ScriptedWorker worker = ScriptedWorker.plain()) {
            String map = """
                    {"AI": {"predict": [{"host": "127.0.0.1", "port": %s, "local_worker_id": 0}]}}""".formatted(worker.port());
            assertThat(Http.put(router.url() + "/v1/model_workers_map", map).status())
                    .isEqualTo(200);
            await().atMost(LONG)
                    .until(() -> Http.predict(router.url(), "predict", 1).status() == 200);
            worker.plays(this::answerSlowly);

            Thread[] callers = new Thread[CALLS];
            for (int i = 0; i < CALLS; i++) {
                callers[i] = new Thread(() -> replies.add(Http.predict(router.url(), "predict", 2)));
                callers[i].start();
            }
            await().atMost(LONG).until(() -> !replies.isEmpty());
            goOn.countDown();
            for (Thread caller : callers) {
                caller.join();
            }

            assertThat(replies).hasSize(CALLS);
            assertThat(replies)
                    .filteredOn(reply -> reply.status() == 503)
                    .isNotEmpty()
                    .allSatisfy(reply -> assertThat(reply.body()).contains("WORKERS_BUSY", "the router's memory"));
            assertThat(replies)
                    .filteredOn(reply -> reply.status() != 503)
                    .isNotEmpty()
                    .allSatisfy(reply -> assertThat(reply.body()).hasSize(BYTES));
        }
    }
}
