package dev.foretell.router;

import static dev.foretell.router.LiveTasks.ORDER;
import static dev.foretell.router.LiveTasks.claim;
import static dev.foretell.router.LiveTasks.finish;
import static dev.foretell.router.LiveTasks.heartbeat;
import static dev.foretell.router.LiveTasks.queue;
import static dev.foretell.router.LiveTasks.state;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.LiveRouter.Answer;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Training tasks, from the order to the end, with trainers that the test plays. */
class TasksTest {
    private static final String PATH = "/v1/tasks/";

    @RegisterExtension
    static final LiveRouter LIVE = LiveRouter.with("tasks.lease", "2s", "tasks.max-queued", "5", "tasks.attempts", "2");

    @BeforeEach
    void endWhatIsLeft() {
        for (String state : List.of("QUEUED", "RUNNING")) {
            JsonNode page;
            do {
                page = LIVE.get("/v1/tasks?limit=1000&state=" + state).json();
                page.path("tasks")
                        .forEach(task -> LIVE.post(PATH + task.path("id").asText() + "/cancel", ""));
            } while (page.has("next"));
        }
    }

    @Test
    void aTaskIsQueuedClaimedReportedAndFinished() {
        String id = queue(LIVE);
        JsonNode claimed = claim(LIVE, "a");
        Answer beat = heartbeat(LIVE, "a", claimed, """
                ,"progress":{"done":0.5,"step":"learns","left_ms":7},"log":["half","way"]""");
        JsonNode running = LIVE.get(PATH + id).json();
        Answer finished = finish(LIVE, "a", claimed, """
                        ,"outcome":"SUCCEEDED","result":{"metrics":{"accuracy":0.9}}""");

        assertThat(claimed.path("id").asText()).isEqualTo(id);
        assertThat(claimed.path("lease_ms").asInt()).isEqualTo(2000);
        assertThat(beat.status()).isEqualTo(200);
        assertThat(running.path("state").asText()).isEqualTo("RUNNING");
        assertThat(running.path("progress").path("done").asDouble()).isEqualTo(0.5);
        assertThat(finished.json().path("state").asText()).isEqualTo("SUCCEEDED");
        assertThat(finished.json().at("/result/metrics/accuracy").asDouble()).isEqualTo(0.9);
        assertThat(finished.json().path("progress").toString()).isEqualTo("{\"done\":1}");
        assertThat(LIVE.get(PATH + id + "/log").body()).isEqualTo("half\nway\n");
    }

    @Test
    void theTableIsWhatTheTrainerGets() {
        queue(LIVE, ORDER.replace("\"target\":\"y\"", "\"target\":\"a\"").replaceAll("\"data\":.*", """
                        "data":{"columns":["a","b c"],"rows":[[1,"x,\\\\"y\\\\""],[null,true]]}}"""));
        JsonNode claimed = claim(LIVE, "a");

        assertThat(LIVE.get("/v1/task-files/" + claimed.at("/data/digest").asText())
                        .body())
                .isEqualTo("""
                        a,b c
                        1,"x,""y""\"
                        ,true
                        """);
    }

    @Test
    void aTrainerThatFallsSilentLosesItsTaskToTheNextWhichGoesOnFromTheCheckpoint() {
        String id = queue(LIVE);
        JsonNode first = claim(LIVE, "a");
        heartbeat(LIVE, "a", first, ",\"checkpoint\":\"half\"");
        String later = queue(LIVE);
        Answer second = LIVE.post("/v1/trainers/b/claim", "{}");
        Answer third = LIVE.post("/v1/trainers/b/claim", """
                {"wait_ms":30000}""");

        assertThat(second.json().path("id").asText()).isEqualTo(later);
        assertThat(third.json().path("id").asText()).isEqualTo(id);
        assertThat(third.json().path("checkpoint").asText()).isEqualTo("half");
        assertThat(third.json().path("attempts").asInt()).isEqualTo(2);
        assertThat(third.json().path("fence").asLong())
                .isGreaterThan(first.path("fence").asLong());
    }

    @Test
    void aTrainerThatLostItsTaskIsRefusedByItsFence() {
        String id = queue(LIVE);
        JsonNode first = claim(LIVE, "a");
        JsonNode second = LIVE.post("/v1/trainers/b/claim", """
                        {"wait_ms":30000}""").json();
        Answer beat = heartbeat(LIVE, "a", first, "");
        Answer finished = finish(LIVE, "a", first, ",\"outcome\":\"SUCCEEDED\"");

        assertThat(beat.status()).isEqualTo(409);
        assertThat(finished.status()).isEqualTo(409);
        assertThat(finished.detail()).contains("is not this trainer's any more");
        assertThat(state(LIVE, id)).isEqualTo("RUNNING");
        assertThat(finish(LIVE, "b", second, ",\"outcome\":\"SUCCEEDED\"").status())
                .isEqualTo(200);
    }

    @Test
    void whoTellsOfItsTaskKeepsIt() {
        String id = queue(LIVE);
        JsonNode claimed = claim(LIVE, "a");
        CompletableFuture<Answer> other = CompletableFuture.supplyAsync(() -> LIVE.post("/v1/trainers/b/claim", """
                        {"wait_ms":5000}"""));
        Awaitility.await().until(() -> heartbeat(LIVE, "a", claimed, "").status() == 200 && other.isDone());

        assertThat(other.join().status()).isEqualTo(204);
        assertThat(LIVE.get(PATH + id).json().path("attempts").asInt()).isEqualTo(1);
    }

    @Test
    void aTaskThatLosesTooManyTrainersFails() {
        String id = queue(LIVE);
        claim(LIVE, "a");
        LIVE.post("/v1/trainers/b/claim", """
                {"wait_ms":30000}""");
        Awaitility.await().until(() -> state(LIVE, id).equals("FAILED"));

        assertThat(LIVE.get(PATH + id).json().path("error").asText())
                .isEqualTo("trainer b fell silent, the last of 2 that had it");
    }

    @Test
    void aCancelledTaskHasEndedAtOnceAndItsTrainerIsRefused() {
        String id = queue(LIVE);
        JsonNode claimed = claim(LIVE, "a");
        Answer cancelled = LIVE.post(PATH + id + "/cancel", "");

        assertThat(cancelled.json().path("state").asText()).isEqualTo("CANCELLED");
        assertThat(LIVE.post(PATH + id + "/cancel", "").status()).isEqualTo(200);
        assertThat(heartbeat(LIVE, "a", claimed, "").status()).isEqualTo(409);
        assertThat(claim(LIVE, "b").isMissingNode()).isTrue();
    }

    @Test
    void aFailedTaskCanBeQueuedAgainAndAnEndedOneDeleted() {
        String id = queue(LIVE);
        finish(LIVE, "a", claim(LIVE, "a"), """
                ,"outcome":"FAILED","error":"out of memory\"""");
        assertThat(LIVE.get(PATH + id).json().path("error").asText()).isEqualTo("out of memory");

        assertThat(LIVE.post(PATH + id + "/retry", "").json().path("state").asText())
                .isEqualTo("QUEUED");
        assertThat(LIVE.delete(PATH + id).status()).isEqualTo(409);
        assertThat(claim(LIVE, "a").path("id").asText()).isEqualTo(id);
        LIVE.post(PATH + id + "/cancel", "");
        assertThat(LIVE.delete(PATH + id).status()).isEqualTo(200);
        assertThat(LIVE.get(PATH + id).status()).isEqualTo(404);
    }

    @Test
    void theSameRequestWithTheSameKeyQueuesOneTask() {
        Answer first = LIVE.post("/v1/tasks", ORDER, "Idempotency-Key", "k1");
        Answer second = LIVE.post("/v1/tasks", ORDER, "Idempotency-Key", "k1");
        Answer other = LIVE.post("/v1/tasks", ORDER.replace("\"y\"", "\"x\""), "Idempotency-Key", "k1");

        assertThat(second.status()).isEqualTo(202);
        assertThat(second.json().path("id")).isEqualTo(first.json().path("id"));
        assertThat(second.header("Location"))
                .isEqualTo(PATH + first.json().path("id").asText());
        assertThat(other.status()).isEqualTo(409);
    }

    @Test
    void aFullQueueIs429() {
        for (int i = 0; i < 5; i++) {
            queue(LIVE);
        }
        Answer answer = LIVE.post("/v1/tasks", ORDER);

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.code()).isEqualTo("QUEUE_FULL");
        assertThat(answer.header("Retry-After")).isNotEmpty();
    }

    @Test
    void pagesHaveEachTaskOnceTheNewestFirst() {
        List<String> made = List.of(queue(LIVE), queue(LIVE), queue(LIVE));
        JsonNode first = LIVE.get("/v1/tasks?state=queued&limit=2").json();
        JsonNode second = LIVE.get("/v1/tasks?state=QUEUED&limit=2&after="
                        + first.path("next").asText())
                .json();

        assertThat(first.path("tasks").findValuesAsText("id")).containsExactlyInAnyOrder(made.get(2), made.get(1));
        assertThat(second.path("tasks").findValuesAsText("id")).containsExactly(made.get(0));
        assertThat(second.has("next")).isFalse();
    }

    @Test
    void aPageOfLongTasksIsShorterAndNamesTheNext() {
        String column = "x".repeat(60_000);
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(
                    0,
                    queue(
                            LIVE,
                            ORDER.replace("\"target\"", "\"ignore\":[\"" + column + "\"],\"target\"")
                                    .replace("x,y", "z," + column + ",y")
                                    .replace("1,a\\n2,b", "1,1,a\\n2,1,b")));
        }
        JsonNode first = LIVE.get("/v1/tasks?state=QUEUED").json();
        JsonNode second = LIVE.get(
                        "/v1/tasks?state=QUEUED&after=" + first.path("next").asText())
                .json();

        List<String> listed = new ArrayList<>(first.path("tasks").findValuesAsText("id"));
        assertThat(listed).hasSize(4);
        listed.addAll(second.path("tasks").findValuesAsText("id"));
        assertThat(listed).containsExactlyInAnyOrderElementsOf(made);
        assertThat(second.has("next")).isFalse();
    }

    @Test
    void eventsTellEachStepToTheEnd() {
        String id = queue(LIVE);
        CompletableFuture<Answer> events = CompletableFuture.supplyAsync(() -> LIVE.get(PATH + id + "/events"));
        JsonNode claimed = claim(LIVE, "a");
        Awaitility.await()
                .until(() -> heartbeat(LIVE, "a", claimed, ",\"progress\":{\"done\":0.1}")
                                .status()
                        == 200);
        finish(LIVE, "a", claimed, """
                ,"outcome":"FAILED","error":"no\"""");
        Answer all = events.join();

        assertThat(all.header("Content-Type")).isEqualTo("text/event-stream");
        assertThat(all.body())
                .startsWith("event: task\ndata: {")
                .contains("\"state\":\"FAILED\"")
                .endsWith("}\n\n");
    }

    /** More of them than may watch at once, at all moments of the first two milliseconds: whoever has gone takes no place. */
    @Test
    void callersThatHangUpBeforeTheFirstEventDoNotWatch() throws IOException {
        String id = queue(LIVE);
        for (int i = 0; i < 1000; i++) {
            try (Socket caller = new Socket("127.0.0.1", LIVE.port())) {
                caller.getOutputStream()
                        .write(("GET " + PATH + id + "/events HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(UTF_8));
                LockSupport.parkNanos(i % 20 * 100_000L);
            }
        }
        LIVE.post(PATH + id + "/cancel", "");
        Awaitility.await()
                .untilAsserted(() ->
                        assertThat(LIVE.get(PATH + id + "/events").status()).isEqualTo(200));
    }

    @Test
    void aTaskSurvivesARestartOfTheRouterAndStaysItsTrainers() {
        String id = queue(LIVE);
        JsonNode claimed = claim(LIVE, "a");
        LIVE.stop();
        LIVE.start();

        assertThat(heartbeat(LIVE, "a", claimed, "").status()).isEqualTo(200);
        assertThat(state(LIVE, id)).isEqualTo("RUNNING");
    }

    @Test
    void whatMakesNoSenseIsRefusedInASentence() {
        refused("{}", "parameters must be an object with target and algorithm");
        refused(ORDER.replace("\"name\"", "\"nmae\""), "the body has no field 'nmae'");
        refused(ORDER.replace("decision-tree", ""), "parameters.algorithm is missing");
        refused(ORDER.replace("decision-tree", "decison-tree"), "did you mean decision-tree?");
        refused(ORDER.replace("\"target\"", "\"parameters\":{\"max-depth\":99},\"target\""), "from 1 to 30");
        refused(ORDER.replace("\"target\":\"y\"", "\"target\":\"z\""), "the target 'z' is not a column of the table");
        refused(ORDER.replaceAll("\"data\":.*", "\"data\":{\"csv\":\"\"}}"), "data.csv is missing");
        refused(
                ORDER.replaceAll("\"data\":.*", "\"data\":{\"digest\":\"" + LiveTasks.file(LIVE, "") + "\"}}"),
                "the table is empty");
        refused(ORDER.replaceAll("\"data\":.*", "\"data\":{}}"), "data must have one of digest");
        refused(ORDER.replaceAll("\"data\":.*", """
                        "data":{"columns":["a"],"rows":[[1],[1,2]]}}"""), "row 2 of data.rows must be an array of 1 values");
        refused(ORDER.replaceAll("}$", ",\"limits\":{\"time_ms\":1}}"), "limits.time_ms must be a whole number");
        refused(ORDER.replaceAll("}$", """
                ,"serve":{"model":"../x"}}"""), "the model's name");
        refused(ORDER.replaceAll("}$", """
                ,"serve":{"model":"x","as":"y"}}"""), "serve.as must be staged, canary or promote");
        refused(ORDER.replaceAll("}$", """
                ,"serve":{"model":"x","weight":5}}"""), "serve.weight is for a canary alone");
        refused(ORDER.replaceAll("}$", """
                ,"serve":{"model":"x","as":"canary","weight":100}}"""), "serve.weight must be a whole number from 1 to 99");
        refused(ORDER.replaceAll("}$", """
                ,"serve":{"model":"x","if-better-on":"acuracy"}}"""), "did you mean accuracy");
        assertThat(LIVE.post("/v1/tasks", ORDER.replaceAll("\"data\":.*", """
                "data":{"file":"/etc/passwd"}}""")).status())
                .isEqualTo(403);
        assertThat(LIVE.post("/v1/tasks", ORDER.replaceAll("\"data\":.*", """
                "data":{"digest":"ab"}}""")).status())
                .isEqualTo(404);
        assertThat(queued()).isZero();
        assertThat(LIVE.get("/v1/tasks?state=x").status()).isEqualTo(422);
        assertThat(LIVE.send("GET", "/v1/tasks?limit=0", BodyPublishers.noBody())
                        .status())
                .isEqualTo(422);
    }

    @Test
    void aSearchShowsItsLeaderboardWhileItRunsAndAfterwards() {
        String id = queue(LIVE, LiveTasks.SEARCH);
        JsonNode claimed = claim(LIVE, "a");
        String path = "/v1/tasks/" + id + "/leaderboard";
        Answer before = LIVE.get(path);
        heartbeat(LIVE, "a", claimed, """
                ,"progress":{"score":0.9,"leaderboard":[{"rank":1,"score":0.9}]}""");
        Answer running = LIVE.get(path);
        LiveTasks.finish(LIVE, "a", claimed, """
                ,"outcome":"SUCCEEDED","result":{"search":{"trials":7,"cut":{"trials":7}},
                "leaderboard":[{"rank":1,"score":0.95}]}""");
        Answer ended = LIVE.get(path);

        assertThat(claimed.path("id").asText()).isEqualTo(id);
        assertThat(claimed.path("kind").asText()).isEqualTo("automl");
        assertThat(claimed.at("/limits/time_ms").asLong()).isEqualTo(90_000);
        assertThat(before.json().path("leaderboard")).isEmpty();
        assertThat(running.json().at("/leaderboard/0/score").asDouble()).isEqualTo(0.9);
        assertThat(running.json().has("search")).isFalse();
        assertThat(ended.json().at("/leaderboard/0/score").asDouble()).isEqualTo(0.95);
        assertThat(ended.json().at("/search/cut/trials").asInt()).isEqualTo(7);
    }

    @Test
    void aTaskThatIsNoSearchHasNoLeaderboard() {
        String id = queue(LIVE);
        Answer answer = LIVE.get("/v1/tasks/" + id + "/leaderboard");
        LIVE.post("/v1/tasks/" + id + "/cancel", "");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.detail()).contains("is no search");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "populationSize":-3              | populationSize must be a whole number from 2 to 1000
            "seed":9223372036854775808       | seed must be a whole number from 0 up
            "seed":18446744073709551617      | seed must be a whole number from 0 up
            "seed":1e3                       | seed must be a whole number from 0 up
            "generations":4294967297         | generations must be a whole number from 1 to 1000
            "folds":18446744073709551621     | folds must be a whole number from 2 to 10
            "keep":4294967297                | keep must be a whole number from 1 to 10
            "timeLimit":1e400                | timeLimit must be a number of seconds
            "generations":0                  | generations must be a whole number from 1 to 1000
            "scoring":"acuracy"              | did you mean accuracy?
            "timeLimit":0.5                  | at least 2
            "timeLimit":601                  | raise limits.time_ms
            "ignore":["z"]                   | column to ignore
            """)
    void aSearchThatNoTrainerCouldRunIsRefused(String parameter, String sentence) {
        Answer answer = LIVE.post("/v1/tasks", """
                {"kind":"automl","parameters":{"target":"y",%s},"limits":{"time_ms":600000},"data":{"csv":"x,y\\n1,a\\n"}}""".formatted(parameter));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        assertThat(answer.detail()).contains(sentence);
    }

    @Test
    void aTaskThatIsGivenBackGoesToTheNextTrainerAtOnceAndFirst() {
        String id = queue(LIVE);
        JsonNode claimed = claim(LIVE, "a");
        queue(LIVE);
        Answer given = LiveTasks.release(LIVE, "a", claimed, """
                ,"checkpoint":"half","log":["stops"]""");
        JsonNode next = claim(LIVE, "b");

        assertThat(given.status()).as(given.toString()).isEqualTo(200);
        assertThat(given.json().path("state").asText()).isEqualTo("QUEUED");
        assertThat(given.json().path("error").asText()).isEqualTo("trainer a stopped");
        assertThat(next.path("id").asText()).isEqualTo(id);
        assertThat(next.path("checkpoint").asText()).isEqualTo("half");
        assertThat(next.path("attempts").asInt()).isEqualTo(1);
        assertThat(LiveTasks.release(LIVE, "a", claimed, "").status()).isEqualTo(409);
        assertThat(heartbeat(LIVE, "b", next, "").status()).isEqualTo(200);
    }

    @Test
    void aTrainerOfAnotherReleaseIsToldOf() {
        String id = queue(LIVE);
        JsonNode claimed = claim(LIVE, "a");
        LIVE.post(
                "/v1/trainers/a/tasks/" + id + "/finish",
                """
                {"fence":%s,"outcome":"FAILED","error":"no such algorithm"}""".formatted(claimed.path("fence").asText()),
                "User-Agent",
                "foretell-trainer/0.1");

        assertThat(LIVE.get(PATH + id).json().path("error").asText())
                .startsWith("no such algorithm (the trainer is of release 0.1, the router of ")
                .endsWith(": start a trainer of the router's release)");
    }

    @Test
    void sparkIsRefusedAtOnceWhereThereIsNone() {
        String order = """
                {"parameters":{"target":"y","algorithm":"decision-tree","engine":"spark","master":"spark://a:7077"},
                 "limits":{"memory_mb":%s},"data":{"csv":"x,y\\n1,2\\n"}}""";

        refused(order.formatted(512), "there is no Spark here: mvn -Pspark -DskipTests package makes");
    }

    @Test
    void sourceCodeIsRefusedUnlessItIsAllowed() {
        String order = """
                {"kind":"code","parameters":{%s},"data":{"csv":"x,y\\n1,a\\n"}}""";
        String source = "\"source\":\"public class Mine {}\"";
        Answer refused = LIVE.post("/v1/tasks", order.formatted(source));
        LIVE.file("""
                training:
                  allow-source: true
                """);
        LIVE.post("/v1/config/reload", "");
        Answer allowed = LIVE.post("/v1/tasks", order.formatted(source));
        LIVE.file("");
        LIVE.post(PATH + allowed.json().path("id").asText() + "/cancel", "");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.detail()).contains("the setting training.allow-source is off");
        assertThat(allowed.status()).as(allowed.toString()).isEqualTo(202);
        assertThat(allowed.json().path("kind").asText()).isEqualTo("code");
        refused(order.formatted(""), "either class");
        refused(order.formatted("\"class\":\"a b\""), "the full name of a Java class");
        refused(order.formatted("\"sauce\":\"x\""), "did you mean source?");
        refused(
                order.formatted(source).replaceAll("}$", ",\"serve\":{\"model\":\"x\",\"if-better-on\":\"r2\"}}"),
                "serve.if-better-on is not for training code");
    }

    @Test
    void aModelIsNotOrderedByTheNameOfAFunction() {
        LIVE.register("""
                {"AI":{"taken":[{"host":"127.0.0.1","port":1}]}}""");
        Answer refused = LIVE.post("/v1/tasks", ORDER.replaceAll("}$", """
                ,"serve":{"model":"taken"}}"""));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.detail()).contains("workers serve a function as model 'taken'");
        assertThat(queued()).isZero();
    }

    private static int queued() {
        return LIVE.get("/v1/tasks?state=QUEUED").json().path("tasks").size();
    }

    private static void refused(String order, String sentence) {
        Answer answer = LIVE.post("/v1/tasks", order);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(422);
        assertThat(answer.detail()).contains(sentence);
    }

    @Test
    void metricsCountThem() {
        queue(LIVE);
        finish(LIVE, "a", claim(LIVE, "a"), """
                ,"outcome":"FAILED","error":"no\"""");
        queue(LIVE);
        Awaitility.await()
                .untilAsserted(() -> assertThat(LIVE.get("/metrics").body())
                        .contains("foretell_jobs{state=\"queued\"} 1.0")
                        .containsPattern("foretell_jobs_ended_total[{]outcome=\"failed\"[}] [1-9]")
                        .contains("foretell_jobs_oldest_seconds "));
    }
}
