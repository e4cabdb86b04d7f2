package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.LiveRouter.Answer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The discovery service of Expert-Discovery-Manager: row E1. */
class ExpertsTest {
    private static final String MODEL = "/model";

    @RegisterExtension
    static final LiveRouter LIVE = LiveRouter.with();

    @BeforeEach
    void forgetAll() {
        LIVE.delete("/v1/model_workers_map/expert");
    }

    private static Answer register(String id, String url) {
        return LIVE.post(MODEL, """
                {"id":%s,"url":"%s"}""".formatted(id, url));
    }

    @Test
    void listsWhatIsRegisteredAndForgetsWhatIsDeleted() {
        Answer first = register("\"m1\"", "http://localhost:9003/test");
        Answer second = register("0", "http://localhost:9004/test");

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.body()).isEqualTo("""
                {"models": {"m1": {"url": "http://localhost:9003/test"}}}""");
        assertThat(second.body()).isEqualTo("""
                {"models": {"0": {"url": "http://localhost:9004/test"}, "m1": {"url": "http://localhost:9003/test"}}}""");
        assertThat(LIVE.get(MODEL).body()).isEqualTo(second.body());
        assertThat(LIVE.delete(MODEL + "/0").body()).isEqualTo("""
                {"result": true}""");
        assertThat(LIVE.delete(MODEL + "/0").status()).isEqualTo(404);
        assertThat(LIVE.get(MODEL).body()).isEqualTo(first.body());
    }

    @Test
    void anIdThatIsRegisteredAgainHasItsLastUrlAlone() {
        register("\"m1\"", "http://localhost:9003/test");
        register("\"m1\"", "http://[::1]:9005/score");

        assertThat(LIVE.get(MODEL).json().at("/models/m1/url").asText()).isEqualTo("http://[::1]:9005/score");
    }

    @Test
    void anExpertIsAModelLikeAnyOther() {
        FakeWorker foreign = LIVE.worker(call -> call.answer(200, "{\"y\":[1.5],\"at\":\"" + call.path() + "\"}"))
                .serves();
        register("7", "http://localhost:" + foreign.port() + "/test");
        Answer answer = Awaitility.await()
                .until(() -> LIVE.post("/v1/expert_model/predict", """
                                {"modelId":"7","data":{"data":{"x":[[0.1]]}}}"""), called -> called.status() == 200);

        assertThat(answer.body()).isEqualTo("{\"y\":[1.5],\"at\":\"/test\"}");
        assertThat(LIVE.get("/elb-healthcheck").json().at("/requests/7").isMissingNode())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            not JSON                                  | 400 | JSON
            ``                                        | 400 | empty
            []                                        | 400 | the body must be a JSON object
            {"url":"http://h:1/test"}                 | 400 | id is missing
            {"id":null,"url":"http://h:1/test"}       | 400 | id is missing
            {"id":"a b","url":"http://h:1/test"}      | 400 | model 'a b' must be 1 to 128
            {"id":"a:1","url":"http://h:1/test"}      | 400 | id must hold no colon
            {"id":"a"}                                | 400 | url is missing
            {"id":"a","url":7}                        | 400 | url is missing
            {"id":"a","url":"h:1/test"}               | 400 | url must be like http://localhost:9003/test
            {"id":"a","url":"https://h/test"}         | 400 | url must be like
            {"id":"a","url":"http://h:1/a/b"}         | 400 | url must be like
            {"id":"a","url":"http://h:1/test?x=1"}    | 400 | url must be like
            {"id":"a","url":"http://me@h:1/test"}     | 400 | url must be like
            {"id":"a","url":"http://h:99999/test"}    | 400 | port 99999 is not between
            {"id":"a","url":"http://h:1/t%20t"}       | 400 | function 't%20t' must be
            """)
    void saysWhatIsWrong(String body, int status, String words) {
        Answer answer = LIVE.post(MODEL, body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.detail()).contains(words);
        assertThat(LIVE.get(MODEL).body()).isEqualTo("{\"models\": {}}");
    }

    @Test
    void aUrlWithoutAPortIsThatOfHttp() {
        assertThat(register("\"m1\"", "http://expert.example/test")
                        .json()
                        .at("/models/m1/url")
                        .asText())
                .isEqualTo("http://expert.example:80/test");
    }
}
