package dev.foretell.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.e2e.Http.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that a real router joins for a real worker: each caller gets its own answer. */
class BatchTest {
    private static final int CALLERS = 40;
    private static final int BAD = 20;
    private static final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

    @TempDir
    static Path folder;

    private static Child router;
    private static Child worker;

    @BeforeAll
    static void start() {
        router = Child.foretell(
                "router",
                "--port",
                "0",
                "--data",
                folder.toString(),
                "--set",
                "batch.models.AI/turn=8",
                "--set",
                "batch.window=50ms");
        worker =
                Child.foretell("worker", "dev.foretell.e2e.Turns::turn", "-b", "127.0.0.1:0", "--router", router.url());
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Http.get(router.url() + "/v1/model_workers_map?model-type=AI")
                        .json()
                        .findValuesAsText("state")
                        .equals(List.of("READY")));
    }

    @AfterAll
    static void stop() {
        callers.shutdown();
        worker.close();
        router.close();
    }

    private static Reply call(String n) {
        return Http.post(router.url() + "/v1/AI_model/turn/predict", """
                {"n":%s}""".formatted(n));
    }

    /** All at once; one of them with another argument. */
    private static List<Reply> callAll(String bad) {
        List<CompletableFuture<Reply>> calls = IntStream.range(0, CALLERS)
                .mapToObj(n -> n == BAD ? bad : Integer.toString(n))
                .map(n -> CompletableFuture.supplyAsync(() -> call(n), callers))
                .toList();
        return calls.stream().map(CompletableFuture::join).toList();
    }

    /** Makes sure that each but the bad one has its own answer, and tells how often the function ran for them. */
    private static int runs(List<Reply> replies, int bad) {
        Set<Integer> runs = new HashSet<>();
        for (int n = 0; n < replies.size(); n++) {
            if (n != bad) {
                assertThat(replies.get(n).status()).isEqualTo(200);
                assertThat(replies.get(n).json().path("n").asInt()).isEqualTo(n);
                runs.add(replies.get(n).json().path("run").asInt());
            }
        }
        return runs.size();
    }

    private static JsonNode counts() {
        return Http.get(router.url() + "/elb-healthcheck").json().path("models").path("AI/turn");
    }

    @Test
    void callersWhoMeetShareARequestAndGetTheirOwnAnswers() {
        JsonNode before = counts();

        int requests = runs(callAll(Integer.toString(BAD)), -1);

        long batches =
                counts().path("batches").asLong() - before.path("batches").asLong();
        long inBatches = counts().path("batched_calls").asLong()
                - before.path("batched_calls").asLong();
        assertThat(batches).isPositive();
        assertThat(requests).isLessThan(CALLERS).isEqualTo((int) (CALLERS - inBatches + batches));
    }

    @Test
    void aCallThatIsRefusedIsRefusedAlone() {
        List<Reply> replies = callAll("\"many\"");

        assertThat(runs(replies, BAD)).isLessThan(CALLERS - 1);
        assertThat(replies.get(BAD).status()).isEqualTo(422);
        assertThat(replies.get(BAD).json().path("detail").asText()).contains("'n' must be of type int");
    }
}
