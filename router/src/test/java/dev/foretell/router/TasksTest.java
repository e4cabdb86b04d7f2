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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Training tasks from the queue to the end, with trainers that the test plays. */
class TasksTest {
    private static final String PATH = "/v1/tasks/";

    @RegisterExtension
    static final LiveRouter LIVE = LiveRouter.with("tasks.lease", "2s", "tasks.attempts", "2");

    @BeforeEach
    void endWhatIsLeft() {
        LiveTasks.cancelAll(LIVE);
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
                .atMost(Duration.ofMinutes(1))
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
