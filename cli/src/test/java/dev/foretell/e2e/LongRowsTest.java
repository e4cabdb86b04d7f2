package dev.foretell.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls of many rows to one function, whose results, as JSON trees, are together longer than the heap of the router. */
class LongRowsTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int CALLERS = 6;
    private static final int ROWS = 200;
    /** 60 KB that become 1.8 MB, for each row. */
    private static final String OBJECTS = "[" + String.join(",", Collections.nCopies(20_000, "{}")) + "]";

    private static final String INFER = "/v2/models/predict/infer";

    @TempDir
    private Path folder = Path.of("");

    private final Queue<Http.Reply> replies = new ConcurrentLinkedQueue<>();

    private static String rows(int count) {
        String ones = String.join(",", Collections.nCopies(count, "1"));
        return "{\"inputs\":[{\"name\":\"n\",\"shape\":[" + count + "],\"datatype\":\"INT64\",\"data\":[" + ones
                + "]}]}";
    }

    @Test
    void areRefusedAndTheRouterStaysUp() throws Exception {
        try (Child router = Child.foretell(
                        "router", "--port", "0", "--data", folder.toString(), "--set", "deadline.by-default=60s");
                ScriptedWorker worker = ScriptedWorker.plain()) {
            String map = """
                    {"AI": {"predict": [{"host": "127.0.0.1", "port": %s, "local_worker_id": 0}]}}""".formatted(worker.port());
            assertThat(Http.put(router.url() + "/v1/model_workers_map", map).status())
                    .isEqualTo(200);
            await().atMost(LONG)
                    .until(() -> Http.post(router.url() + INFER, rows(3)).status() == 200);
            worker.plays(call -> call.answer(200, OBJECTS));

            List<Thread> callers = Collections.nCopies(CALLERS, rows(ROWS)).stream()
                    .map(body -> new Thread(() -> replies.add(Http.post(router.url() + INFER, body))))
                    .toList();
            callers.forEach(Thread::start);
            for (Thread caller : callers) {
                caller.join();
            }
            worker.plays(ScriptedWorker.Call::answer);
            Http.Reply after = Http.post(router.url() + INFER, rows(100));

            assertThat(replies).hasSize(CALLERS).allSatisfy(reply -> {
                assertThat(reply.status()).as(reply.body()).isIn(503, 400);
                assertThat(reply.body()).contains("the router's memory for ");
            });
            assertThat(after.status())
                    .as("everything was given back: " + after.body())
                    .isEqualTo(200);
        }
    }
}
