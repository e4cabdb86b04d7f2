package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.LiveRouter.Answer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An entry in Redis that nobody can read is kept, named, and never taken for absent. */
class UnreadableEntryTest {
    private static final String MAP = "{foretell}:map";
    private static final String MODELS = "{foretell}:models";

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with();

    @BeforeEach
    void restartWithOneSpoiltEntryOfEachKind() {
        FakeWorker worker = router.worker(answers("2"));
        RedisByHand.say(router, "DEL " + MAP + " " + MODELS + " {foretell}:revision {foretell}:models-revision");
        router.stop();
        router.start();
        FakeHost.at(router).fetchesFrom(router).servesAlone(router);
        router.register("""
                {"AI":{"fib":[%s],"spoilt":[%s]}}""".formatted(worker.entry(), worker.entry()));
        assertThat(router.post("/v1/models/iris/versions", "ONNX 1").status()).isEqualTo(201);
        RedisByHand.say(router, "HSET " + MAP + " AI/spoilt 'no JSON'");
        RedisByHand.say(router, "HSET " + MODELS + " iris '{\"name\":'");
        router.stop();
        router.start();
    }

    private static JsonNode readiness() {
        return router.get("/readyz").json();
    }

    private static void assertUnreadable(Answer answer, int status) {
        assertThat(answer.status()).describedAs(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("in Redis cannot be read");
    }

    @Test
    void isNamedAndItsModelAnswers503WhileOthersGoOn() {
        assertThat(router.get("/readyz").status()).isEqualTo(200);
        assertThat(readiness().path("unreadable").asInt()).isEqualTo(2);
        assertThat(readiness().path("unreadable_entries").toString()).isEqualTo("""
                ["%s AI/spoilt","%s iris"]""".formatted(MAP, MODELS));

        assertThat(router.predict().status()).isEqualTo(200);
        assertUnreadable(router.predictBody("""
                {"modelId":"spoilt","data":{}}"""), 503);
        assertUnreadable(router.predictBody("""
                {"modelId":"iris","data":{}}"""), 503);
        assertUnreadable(router.predictBody("""
                {"modelId":"iris:1","data":{}}"""), 503);
        assertUnreadable(router.post("/v1/AI_model/spoilt/predict", "{}"), 503);
        assertUnreadable(router.get("/v1/models/iris"), 503);
        assertUnreadable(router.get("/v2/models/iris"), 503);
        assertUnreadable(router.get("/v2/models/spoilt"), 503);
        assertThat(router.get("/v1/models").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET {foretell}:revision 9223372036854775807",
                "SET {foretell}:revision 9007199254740992",
                "SET {foretell}:revision -1",
                "SET {foretell}:revision 0x10",
                "DEL {foretell}:revision",
            })
    void aRevisionThatIsNoneIsGivenBackAndNoWriteIsLost(String spoil) {
        String worker = router.worker(answers("2")).entry();
        RedisByHand.say(router, spoil);

        Answer put = router.register("""
                {"AI":{"kept":[%s]}}""".formatted(worker));

        assertThat(put.status()).describedAs(put.body()).isEqualTo(200);
        assertThat(RedisByHand.say(router, "HGET " + MAP + " AI/kept")).contains("local_worker_id");
        assertThat(RedisByHand.say(router, "HGET " + MAP + " AI/fib")).contains("local_worker_id");
        assertThat(RedisByHand.say(router, "HGET " + MAP + " AI/spoilt")).isEqualTo("no JSON");
    }

    @Test
    void aKeyOfTheWrongTypeIsNamedAndSoIsTheRefusal() {
        RedisByHand.say(router, "DEL " + MAP);
        RedisByHand.say(router, "SET " + MAP + " x");

        Answer put = router.register("""
                {"AI":{"fib":[%s]}}""".formatted(router.worker(answers("2")).entry()));

        assertThat(put.status()).isEqualTo(503);
        assertThat(put.body())
                .contains("the state store refused a command: WRONGTYPE")
                .doesNotContain("is away");
        assertThat(router.predict().status()).isEqualTo(200);
        RedisByHand.say(router, "SET {foretell}:revision 0");
        router.register("""
                {"AI":{"fib":[%s]}}""".formatted(router.worker(answers("2")).entry()));
        assertThat(readiness().path("unreadable_entries").toString()).contains(MAP + " (of the wrong type)");
    }

    @Test
    void isNotWrittenOver() {
        String worker = router.worker(answers("2")).entry();

        assertUnreadable(router.register("""
                {"AI":{"spoilt":[%s]}}""".formatted(worker)), 409);
        assertUnreadable(router.register("""
                {"AI":{"iris":[%s]}}""".formatted(worker)), 503);
        assertUnreadable(router.put("/v1/model_workers_map?mode=replace", """
                {"AI":{"fib":[%s]}}""".formatted(worker)), 409);
        assertUnreadable(router.post("/v1/models/iris/versions", "ONNX 2"), 409);
        assertUnreadable(
                router.send("PATCH", "/v1/models/iris", java.net.http.HttpRequest.BodyPublishers.ofString("{}")), 503);
        assertThat(router.register("""
                {"AI":{"other":[%s]}}""".formatted(worker)).status()).isEqualTo(200);

        assertThat(RedisByHand.say(router, "HGET " + MAP + " AI/spoilt")).isEqualTo("no JSON");
        assertThat(RedisByHand.say(router, "HGET " + MODELS + " iris")).isEqualTo("{\"name\":");
    }

    @Test
    void isDeletedWhenSomebodySaysSo() {
        assertUnreadable(router.delete("/v1/models/iris"), 409);

        assertThat(router.delete("/v1/models/iris?force=true").status()).isEqualTo(200);
        assertThat(router.delete("/v1/model_workers_map/AI/spoilt").status()).isEqualTo(200);

        assertThat(router.get("/v1/models/iris").status()).isEqualTo(404);
        assertThat(RedisByHand.say(router, "HEXISTS " + MAP + " AI/spoilt")).isEqualTo(":0");
        assertThat(RedisByHand.say(router, "HEXISTS " + MODELS + " iris")).isEqualTo(":0");
        Awaitility.await()
                .untilAsserted(() -> assertThat(readiness().has("unreadable")).isFalse());
    }

    @Test
    void isThereAgainOnceItIsRestored() {
        String good = RedisByHand.say(router, "HGET " + MAP + " AI/fib").replace("\"", "\\\"");
        RedisByHand.say(router, "HSET " + MAP + " AI/spoilt \"" + good + "\"");

        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(router.predictBody("""
                                {"modelId":"spoilt","data":{}}""").status()).isEqualTo(200));
    }
}
