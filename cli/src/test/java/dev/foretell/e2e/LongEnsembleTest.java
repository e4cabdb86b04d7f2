package dev.foretell.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls of an ensemble whose members' responses, as JSON trees, are together longer than the heap of the router. */
class LongEnsembleTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int CALLERS = 8;
    private static final int MEMBERS = 8;
    /** 600 KB that become 18 MB. */
    private static final String OBJECTS = "[" + String.join(",", Collections.nCopies(200_000, "{}")) + "]";

    @TempDir
    private Path folder = Path.of("");

    private final Queue<Http.Reply> replies = new ConcurrentLinkedQueue<>();

    @Test
    void areRefusedAndTheRouterStaysUp() throws Exception {
        try (Child router = Child.foretell(
                        "router", "--port", "0", "--data", folder.toString(), "--set", "deadline.by-default=60s");
                ScriptedWorker worker = ScriptedWorker.plain()) {
            worker.plays(call -> call.answer(200, OBJECTS));
            String map = """
                    {"AI": {"predict": [{"host": "127.0.0.1", "port": %s, "local_worker_id": 0}]}}""".formatted(worker.port());
            assertThat(Http.put(router.url() + "/v1/model_workers_map", map).status())
                    .isEqualTo(200);
            put(router, "all");
            put(router, "vote");
            await().atMost(LONG)
                    .until(() -> Http.predict(router.url(), "predict", 1).status() == 200);

            Thread[] callers = new Thread[CALLERS];
            for (int i = 0; i < CALLERS; i++) {
                String ensemble = i % 2 == 0 ? "all" : "vote";
                callers[i] = new Thread(() -> replies.add(Http.predict(router.url(), ensemble, 2)));
                callers[i].start();
            }
            for (Thread caller : callers) {
                caller.join();
            }
            worker.plays(ScriptedWorker.Call::answer);
            Http.Reply after = Http.predict(router.url(), "vote", 3);

            assertThat(replies).hasSize(CALLERS).allSatisfy(reply -> {
                assertThat(reply.status()).as(reply.body()).isIn(429, 503);
                assertThat(reply.body()).contains("the router's memory for ");
            });
            assertThat(after.body()).as("everything was given back").isEqualTo("3");
        }
    }

    private static void put(Child router, String rule) {
        String members = IntStream.range(0, MEMBERS)
                .mapToObj(i -> "{\"model\":\"predict\",\"name\":\"m" + i + "\"}")
                .collect(Collectors.joining(","));
        String recipe = "{\"merge\":\"" + rule + "\",\"members\":[" + members + "]}";
        assertThat(Http.put(router.url() + "/v1/ensembles/" + rule, recipe).status())
                .isEqualTo(200);
    }
}
