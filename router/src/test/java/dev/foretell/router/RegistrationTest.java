package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.LiveRouter.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows P1 and P2 of the documents we follow: the routing map. */
class RegistrationTest {
    private static final String DOCUMENTED = """
            {"AI":{"simple_example":[{"host":"localhost","port":9001,"local_worker_id":0},\
            {"host":"localhost","port":9002,"local_worker_id":0}]}}""";

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with();

    @Test
    void takesTheDocumentedMapWithoutAContentTypeAndAnswersWordForWord() {
        Answer answer = router.put("/v1/model_workers_map", DOCUMENTED);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("""
                {"Register Model Service": "Success"}""");
        assertThat(answer.header("content-type")).isEqualTo("application/json");
    }

    @Test
    void takesTheMapWhateverTheContentTypeSays() {
        assertThat(router.put("/v1/model_workers_map", DOCUMENTED, "Content-Type", "application/x-www-form-urlencoded")
                        .body())
                .isEqualTo("""
                        {"Register Model Service": "Success"}""");
        assertThat(router.put("/v1/model_workers_map", DOCUMENTED, "Content-Type", "text/plain; charset=nonsense")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void mergesWhatIsPutAndTheSamePutTwiceChangesNothing() {
        router.replace("""
                {"AI":{"fib":[{"host":"localhost","port":9001,"local_worker_id":0}]}}""");

        Answer first = router.register("""
                {"AI":{"fib":[{"host":"localhost","port":9002}]},\
                "TEXT":{"shout":[{"host":"localhost","port":9003}]}}""");
        Answer second = router.register("""
                {"AI":{"fib":[{"host":"localhost","port":9002}]}}""");

        assertThat(router.map()).isEqualTo("""
                {"AI":{"fib":[{"host":"localhost","port":9001,"local_worker_id":0},\
                {"host":"localhost","port":9002,"local_worker_id":0}]},\
                "TEXT":{"shout":[{"host":"localhost","port":9003,"local_worker_id":0}]}}""");
        assertThat(second.header("X-Routing-Revision")).isEqualTo(first.header("X-Routing-Revision"));
    }

    @Test
    void tellsWhetherAWorkerIsInTheMapFromWhetherItHasSuchAUrl() {
        router.replace("""
                {"AI":{"fib":[{"host":"localhost","port":9001,"local_worker_id":0}]}}""");

        Answer there = router.get("/v1/workers/localhost-9001-0");
        Answer absent = router.get("/v1/workers/localhost-9002-0");

        assertThat(there.status()).isEqualTo(200);
        assertThat(there.json().path("models").path(0).asText()).isEqualTo("AI/fib");
        assertThat(absent.status()).isEqualTo(404);
        assertThat(absent.header("X-Routing-Revision")).isEqualTo(there.header("X-Routing-Revision"));
        assertThat(router.get("/v1/frobnicate/localhost-9002-0").header("X-Routing-Revision"))
                .isEmpty();
    }

    @Test
    void givesTheWholeMapInTheVeryShapeThatPutTakes() {
        router.replace("""
                {"AI":{"fib":{"policy":"round_robin","workers":[{"host":"h","port":1,\
                "local_worker_id":3,"function":"f","weight":7,"lease_ms":3600000}]}},\
                "B":{"m":[{"host":"::1","port":65535}]}}""");
        String before = router.map();

        Answer put = router.put("/v1/model_workers_map?mode=replace", before);

        assertThat(put.status()).isEqualTo(200);
        assertThat(router.map()).isEqualTo(before);
        assertThat(put.header("X-Routing-Revision"))
                .isEqualTo(router.get("/v1/model_workers_map").header("X-Routing-Revision"));
    }

    @Test
    void replacesTheMapWhenAskedTo() {
        router.register(DOCUMENTED);

        router.put("/v1/model_workers_map?mode=replace", """
                {"B":{"m":[{"host":"h","port":1}]}}""");

        assertThat(router.map()).isEqualTo("""
                {"B":{"m":[{"host":"h","port":1,"local_worker_id":0}]}}""");
    }

    @Test
    void showsTheWorkersOfATypeById() {
        FakeWorker worker = router.worker(answers("2"));
        router.serve(worker);
        router.awaitState(worker, "READY");

        var shown = router.workersOfAi();

        assertThat(shown.size()).isEqualTo(1);
        var view = shown.path(worker.id());
        assertThat(view.path("host").asText()).isEqualTo("127.0.0.1");
        assertThat(view.path("port").asInt()).isEqualTo(worker.port());
        assertThat(view.path("local_worker_id").asInt()).isZero();
        assertThat(view.path("global_worker_id").asText()).isEqualTo(worker.id());
        assertThat(view.path("first_pass").isTextual()).isTrue();
        assertThat(view.path("fail_count").asInt()).isZero();
    }

    @Test
    void anUnknownTypeHasNoWorkersToShow() {
        Answer answer = router.get("/v1/model_workers_map?model-type=NONE");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("MODEL_NOT_FOUND");
    }

    @Test
    void deletesAWorkerThenAModelThenAType() {
        router.replace("""
                {"AI":{"a":[{"host":"h","port":1},{"host":"h","port":2}],\
                "b":[{"host":"h","port":1}],"c":[{"host":"h","port":1}]},"B":{"m":[{"host":"h","port":1}]}}""");

        Answer worker = router.delete("/v1/model_workers_map/AI/a/h-1-0");
        assertThat(worker.status()).isEqualTo(200);
        assertThat(worker.body()).isEqualTo("""
                {"removed": true}""");
        assertThat(router.map()).contains("""
                "a":[{"host":"h","port":2,"local_worker_id":0}]""");

        assertThat(router.delete("/v1/model_workers_map/AI/b").status()).isEqualTo(200);
        assertThat(router.map()).doesNotContain("\"b\"").contains("\"c\"");

        assertThat(router.delete("/v1/model_workers_map/AI").status()).isEqualTo(200);
        assertThat(router.map()).isEqualTo("""
                {"B":{"m":[{"host":"h","port":1,"local_worker_id":0}]}}""");
    }

    @Test
    void deletingAModelsLastWorkerTakesTheModelOut() {
        router.replace("""
                {"AI":{"a":[{"host":"h","port":1}]},"B":{"m":[{"host":"h","port":1}]}}""");

        router.delete("/v1/model_workers_map/AI/a/h-1-0");

        assertThat(router.map()).doesNotContain("AI");
    }

    @Test
    void deletingWhatIsNotThereIsNotFound() {
        router.replace("""
                {"AI":{"a":[{"host":"h","port":1}]}}""");

        for (String path : new String[] {"/NONE", "/AI/none", "/AI/a/h-9-0", "/AI/a/nonsense"}) {
            Answer answer = router.delete("/v1/model_workers_map" + path);

            assertThat(answer.status()).as(path).isEqualTo(404);
            assertThat(answer.code()).as(path).isEqualTo("NOT_FOUND");
        }
        assertThat(router.map()).contains("\"a\"");
    }
}
