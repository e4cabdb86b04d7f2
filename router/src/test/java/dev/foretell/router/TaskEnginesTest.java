package dev.foretell.router;

import static dev.foretell.router.LiveTasks.queue;
import static dev.foretell.router.LiveTasks.state;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.foretell.router.LiveRouter.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tasks that only some trainers can run, at two routers on one Redis, with trainers that the test plays. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TaskEnginesTest {
    private static final String SPARK = """
            {"name":"s","parameters":{"target":"y","algorithm":"decision-tree","engine":"spark"},
             "data":{"csv":"x,y\\n1,a\\n2,b\\n"}}""";

    private static final String WITH_SPARK = "{\"engines\":[\"foretell\",\"spark\"],\"wait_ms\":%d}";
    private static final String WITHOUT = "{\"wait_ms\":%d}";
    private static final String START =
            "no trainer with Spark is connected; start one with:" + " foretell trainer --router URL --spark-home DIR";

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @RegisterExtension
    static final LiveRouter LIVE = LiveRouter.with(
            "tasks.lease", "5s", "tasks.attempts", "9", "tasks.trainer", "false", "training.spark-home", "/opt/spark");

    private LiveRouter other = LIVE;

    @BeforeAll
    void join() throws IOException {
        String conf = Files.readString(LIVE.folder().resolve("redis.conf"));
        other = LiveRouter.with(
                "redis.address",
                "redis://:" + found("(?m)^requirepass (\\S+)", conf) + "@127.0.0.1:" + found("(?m)^port (\\d+)", conf),
                "tasks.lease",
                "5s",
                "tasks.trainer",
                "false");
        other.open();
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    @AfterAll
    void leave() throws IOException {
        other.shut();
    }

    @BeforeEach
    void endWhatIsLeft() {
        LiveTasks.cancelAll(LIVE);
    }

    private static JsonNode claim(LiveRouter router, String trainer, String body, int waitMs) {
        Answer answer = router.post("/v1/trainers/" + trainer + "/claim", body.formatted(waitMs));
        assertThat(answer.status()).as(answer.toString()).isIn(200, 204);
        return answer.status() == 204 ? MissingNode.getInstance() : answer.json();
    }

    private static String idOf(JsonNode claimed) {
        return claimed.path("id").asText();
    }

    private static String waits(LiveRouter router, String id) {
        return router.get("/v1/tasks/" + id).json().path("waits").asText();
    }

    /** Until what earlier tests said of it has run out. */
    private static void awaitNoSpark(String id) {
        Awaitility.await().atMost(PATIENCE).until(() -> waits(LIVE, id).equals(START));
    }

    @Test
    void aTaskForSparkIsLeftToATrainerThatHasItAndThoseBehindItAreNot() {
        String spark = queue(LIVE, SPARK);
        String plain = queue(LIVE);
        JsonNode first = claim(LIVE, "plain", WITHOUT, 0);
        JsonNode none = claim(other, "plain", WITHOUT, 0);
        String stateBefore = state(LIVE, spark);
        JsonNode second = claim(other, "both", WITH_SPARK, 0);

        assertThat(idOf(first)).isEqualTo(plain);
        assertThat(none.isMissingNode()).isTrue();
        assertThat(stateBefore).isEqualTo("QUEUED");
        assertThat(idOf(second)).isEqualTo(spark);
    }

    @Test
    void aTrainerThatHasBothTakesTheOldestOfAll() {
        List<String> made = new ArrayList<>();
        List<String> had = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            made.add(i % 3 == 0 ? queue(LIVE) : queue(LIVE, SPARK));
        }
        for (int i = 0; i < 6; i++) {
            JsonNode claimed = claim(i % 2 == 0 ? LIVE : other, "both", WITH_SPARK, 0);
            had.add(idOf(claimed));
            LiveTasks.finish(LIVE, "both", claimed, ",\"outcome\":\"SUCCEEDED\"");
        }

        assertThat(had).isEqualTo(made);
    }

    @Test
    void whoeverWaitsFirstDoesNotKeepATaskFromOneThatCanRunIt() {
        List<CompletableFuture<JsonNode>> without = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String name = "plain-" + i;
            without.add(CompletableFuture.supplyAsync(() -> claim(LIVE, name, WITHOUT, 30_000)));
        }
        CompletableFuture<JsonNode> with = CompletableFuture.supplyAsync(
                () -> claim(LIVE, "with", "{\"engines\":[\"spark\"],\"wait_ms\":%d}", 30_000));
        String spark = queue(other, SPARK);

        assertThat(idOf(with.join())).isEqualTo(spark);
        assertThat(without).noneMatch(CompletableFuture::isDone);
        List<String> plain = List.of(queue(other), queue(LIVE), queue(other));
        assertThat(without.stream().map(CompletableFuture::join).map(TaskEnginesTest::idOf))
                .containsExactlyInAnyOrderElementsOf(plain);
    }

    @Test
    void aTaskThatLostItsTrainerIsAlsoLeftToOneThatCanRunIt() {
        String spark = queue(LIVE, SPARK);
        JsonNode first = claim(LIVE, "dies", WITH_SPARK, 0);
        JsonNode none = claim(other, "plain", WITHOUT, 7000);
        JsonNode second = claim(other, "next", WITH_SPARK, 30_000);

        assertThat(none.isMissingNode()).isTrue();
        assertThat(idOf(second)).isEqualTo(spark);
        assertThat(second.path("attempts").asInt()).isEqualTo(2);
        assertThat(LiveTasks.heartbeat(LIVE, "dies", first, "").status()).isEqualTo(409);
        assertThat(LiveTasks.finish(LIVE, "next", second, ",\"outcome\":\"SUCCEEDED\"")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void bothRoutersSayWhyItWaitsUntilSuchATrainerIsThere() {
        String id = queue(LIVE, SPARK);
        awaitNoSpark(id);
        String shown = waits(other, id);
        String listed =
                LIVE.get("/v1/tasks?state=queued").json().at("/tasks/0/waits").asText();
        CompletableFuture<Answer> events =
                CompletableFuture.supplyAsync(() -> other.get("/v1/tasks/" + id + "/events"));
        JsonNode claimed = claim(LIVE, "with", WITH_SPARK, 0);
        LiveTasks.finish(LIVE, "with", claimed, ",\"outcome\":\"SUCCEEDED\"");

        assertThat(shown).isEqualTo(START);
        assertThat(listed).isEqualTo(START);
        assertThat(waits(LIVE, id)).isEmpty();
        assertThat(events.join().body()).endsWith("}\n\n").contains("\"state\":\"SUCCEEDED\"");
    }

    /** It is silent on its other places, and only tells of the task that it has. */
    @Test
    void aTrainerWhoseOnlyPlaceIsTakenIsThereAllTheSame() {
        String waiting = queue(LIVE, SPARK);
        awaitNoSpark(waiting);
        JsonNode claimed = claim(LIVE, "busy", WITH_SPARK, 0);
        String next = queue(LIVE, SPARK);
        long end = System.nanoTime() + 6_000_000_000L; // longer than a silent trainer is remembered
        List<String> reasons = new ArrayList<>();
        while (System.nanoTime() < end) {
            assertThat(LiveTasks.heartbeat(other, "busy", claimed, "").status()).isEqualTo(200);
            reasons.add(waits(LIVE, next));
        }

        assertThat(reasons).containsOnly("");
        awaitNoSpark(next);
    }

    @Test
    void aTrainerThatComesBackWithoutSparkHasNoneAnyMore() {
        String plain = queue(LIVE);
        claim(LIVE, "changes", WITH_SPARK, 0);
        String spark = queue(LIVE, SPARK);
        assertThat(waits(LIVE, spark)).isEmpty();
        claim(LIVE, "changes", WITHOUT, 0);

        assertThat(state(LIVE, plain)).isEqualTo("RUNNING");
        awaitNoSpark(spark);
    }

    @Test
    void aTaskThatAnyTrainerCouldRunSaysThatNoneIsThere() {
        String id = queue(LIVE);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> waits(LIVE, id)
                        .equals("no trainer is connected; start one with: foretell trainer --router URL"));
    }

    @Test
    void aRouterWithoutSparkTakesOrdersForItWhileSuchATrainerIsThere() {
        claim(LIVE, "with", WITH_SPARK, 0);
        Answer taken = other.post("/v1/tasks", SPARK);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> waits(other, taken.json().path("id").asText()).equals(START));
        Answer refused = other.post("/v1/tasks", SPARK);

        assertThat(taken.status()).as(taken.toString()).isEqualTo(202);
        assertThat(refused.status()).as(refused.toString()).isEqualTo(422);
        assertThat(refused.detail()).contains("there is no Spark here", "or a trainer's option --spark-home");
    }

    @Test
    void anEngineThatTheRouterDoesNotKnowIsNoMistakeAndHasNoTasks() {
        queue(LIVE);
        JsonNode none = claim(LIVE, "future", "{\"engines\":[\"quantum\"],\"wait_ms\":%d}", 0);
        Answer wrong = LIVE.post("/v1/trainers/a/claim", "{\"engines\":\"spark\"}");

        assertThat(none.isMissingNode()).isTrue();
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.detail()).contains("engines must be an array of at most 16 names");
    }
}
