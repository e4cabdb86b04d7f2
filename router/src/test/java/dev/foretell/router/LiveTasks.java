package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.foretell.router.LiveRouter.Answer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Training tasks at a router, and a trainer that the test drives. */
final class LiveTasks {
    static final String TRAINER = "trainer-1";
    static final String ORDER = """
            {"name":"t","parameters":{"target":"y","algorithm":"decision-tree"},"data":{"csv":"x,y\\n1,a\\n2,b\\n"}}""";

    static final String SEARCH = """
            {"kind":"automl","parameters":{"target":"y","timeLimit":60},"data":{"csv":"x,y\\n1,a\\n2,b\\n"}}""";

    private LiveTasks() {}

    static String queue(LiveRouter router) {
        return queue(router, ORDER);
    }

    static String queue(LiveRouter router, String order) {
        Answer answer = router.post("/v1/tasks", order);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
        return answer.json().path("id").asText();
    }

    /** The next task, with its fence; missing where none waits. */
    static JsonNode claim(LiveRouter router, String trainer) {
        Answer answer = router.post("/v1/trainers/" + trainer + "/claim", "{}");
        assertThat(answer.status()).as(answer.toString()).isIn(200, 204);
        return answer.status() == 204 ? MissingNode.getInstance() : answer.json();
    }

    static Answer heartbeat(LiveRouter router, String trainer, JsonNode claimed, String more) {
        return tell(router, trainer, claimed, "heartbeat", more);
    }

    static Answer finish(LiveRouter router, String trainer, JsonNode claimed, String more) {
        return tell(router, trainer, claimed, "finish", more);
    }

    static Answer release(LiveRouter router, String trainer, JsonNode claimed, String more) {
        return tell(router, trainer, claimed, "release", more);
    }

    private static Answer tell(LiveRouter router, String trainer, JsonNode claimed, String what, String more) {
        return router.post(
                "/v1/trainers/" + trainer + "/tasks/" + claimed.path("id").asText() + "/" + what,
                """
                {"fence":%s%s}""".formatted(claimed.path("fence").asLong(), more));
    }

    static String state(LiveRouter router, String id) {
        return router.get("/v1/tasks/" + id).json().path("state").asText();
    }

    /** A task in the state that an operation needs. */
    static String taskFor(LiveRouter router, String operation) {
        return switch (operation) {
            case "watchTask", "deleteTask", "retryTask" -> cancelled(router);
            case "heartbeatTask", "finishTask", "releaseTask" ->
                running(router).path("id").asText();
            case "offerTrials" -> running(router, SEARCH).path("id").asText();
            case "showLeaderboard" -> queue(router, SEARCH);
            case "downloadTaskModel" -> trained(router);
            case "downloadTaskFile" -> {
                file(router, "two");
                yield queue(router);
            }
            default -> queue(router);
        };
    }

    private static String cancelled(LiveRouter router) {
        String id = queue(router);
        assertThat(router.post("/v1/tasks/" + id + "/cancel", "").status()).isEqualTo(200);
        return id;
    }

    private static JsonNode running(LiveRouter router) {
        return running(router, ORDER);
    }

    private static JsonNode running(LiveRouter router, String order) {
        String id = queue(router, order);
        JsonNode claimed = claim(router, TRAINER);
        while (!claimed.path("id").asText().equals(id)) {
            assertThat(claimed.isMissingNode()).isFalse();
            claimed = claim(router, TRAINER);
        }
        return claimed;
    }

    /** The digest of a file that was sent. */
    static String file(LiveRouter router, String content) {
        Answer answer = router.post("/v1/task-files", content);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return answer.json().path("digest").asText();
    }

    private static String trained(LiveRouter router) {
        String digest = file(router, "a model");
        JsonNode claimed = running(router);
        Answer finished = finish(router, TRAINER, claimed, """
                ,"outcome":"SUCCEEDED","model":"%s\"""".formatted(digest));
        assertThat(finished.status()).as(finished.toString()).isEqualTo(200);
        return claimed.path("id").asText();
    }

    /** A trainer that makes every task a model, until it is closed. */
    static final class PlayedTrainer implements AutoCloseable {
        private final LiveRouter router;
        private final String error;
        private final AtomicBoolean isClosed = new AtomicBoolean();
        private final CompletableFuture<Void> work;

        private PlayedTrainer(LiveRouter router, String error) {
            this.router = router;
            this.error = error;
            this.work = CompletableFuture.runAsync(this::run);
        }

        static PlayedTrainer at(LiveRouter router) {
            return new PlayedTrainer(router, "");
        }

        /** The same, but every task fails with this error. */
        static PlayedTrainer failing(LiveRouter router, String error) {
            return new PlayedTrainer(router, error);
        }

        private void run() {
            String digest = file(router, "one");
            String end = error.isEmpty() ? """
                    ,"outcome":"SUCCEEDED","model":"%s","result":{"metrics":{"accuracy":0.95}}""".formatted(digest) : """
                    ,"outcome":"FAILED","error":"%s\"""".formatted(error);
            while (!isClosed.get()) {
                Answer claimed = router.post("/v1/trainers/" + TRAINER + "/claim", "{\"wait_ms\":200}");
                if (claimed.status() == 200) {
                    finish(router, TRAINER, claimed.json(), end);
                }
            }
        }

        @Override
        public void close() {
            isClosed.set(true);
            work.join();
        }
    }

    /** Ends every task that waits or runs. */
    static void cancelAll(LiveRouter router) {
        for (String state : List.of("QUEUED", "RUNNING")) {
            JsonNode page;
            do {
                page = router.get("/v1/tasks?limit=1000&state=" + state).json();
                page.path("tasks")
                        .forEach(task ->
                                router.post("/v1/tasks/" + task.path("id").asText() + "/cancel", ""));
            } while (page.has("next"));
        }
    }
}
