package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.LiveRouter.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers get wrong, each with its full answer; and nothing of it reaches a worker or changes the map. */
class BadInputTest {
    @RegisterExtension
    static final LiveRouter router = LiveRouter.with();

    private FakeWorker worker = FakeWorker.start(answers("2"));

    @BeforeEach
    void serveOneModel() {
        worker.close();
        worker = router.worker(answers("2"));
        router.serve(worker);
    }

    @ParameterizedTest
    @MethodSource({"dev.foretell.router.BadInputCases#predictions", "dev.foretell.router.BadInputCases#maps"})
    void isRefusedWithAProblemAndLeavesNoTrace(BadInputCases.Case bad) {
        Answer before = router.get(BadInputCases.MAP);

        Answer answer = router.send(bad.method(), bad.path(), BodyPublishers.ofString(bad.body()));

        assertThat(answer.status()).as(answer.body()).isEqualTo(bad.status());
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.path("status").asInt()).isEqualTo(bad.status());
        assertThat(problem.path("code").asText()).isEqualTo(bad.code());
        assertThat(problem.path("type").asText())
                .isEqualTo("urn:foretell:problem:"
                        + bad.code().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        assertThat(problem.path("title").asText()).isNotEmpty();
        assertThat(problem.path("detail").asText())
                .contains(bad.detail())
                .doesNotContain("Exception", "com.fasterxml", "StreamReadConstraints");
        assertThat(problem.path("instance").asText()).isEqualTo(bad.path().replaceAll("\\?.*", ""));
        assertThat(problem.path("retryable").asBoolean(true)).isFalse();
        assertThat(answer.header("X-Request-Id"))
                .isNotEmpty()
                .isEqualTo(problem.path("requestId").asText());
        assertThat(answer.header("Retry-After")).isEmpty();
        assertThat(answer.header("Allow").isEmpty()).isEqualTo(bad.status() != 405);
        Answer after = router.get(BadInputCases.MAP);
        assertThat(after.body()).isEqualTo(before.body());
        assertThat(after.header("X-Routing-Revision")).isEqualTo(before.header("X-Routing-Revision"));
        assertThat(worker.calls()).isZero();
    }

    @Test
    void reportsAllThatIsWrongWithAMapTogether() {
        Answer answer = router.put(BadInputCases.MAP, BadInputCases.workers("""
                {"host":"a b","port":1},{"host":"h","port":0},{"port":"x"}"""));

        assertThat(answer.detail()).contains("AI.m[0]", "AI.m[1]", "AI.m[2].port", "AI.m[2].host");
    }

    @Test
    void aFormInThePlaceOfJsonIsTold() {
        for (String url : new String[] {BadInputCases.MAP, "/v1/models/m/traffic"}) {
            Answer answer = router.send(
                    "PUT", url, BodyPublishers.ofString("--x"), "Content-Type", "multipart/form-data; boundary=x");

            assertThat(answer.status()).as(url).isIn(404, 415);
        }
        assertThat(router.send(
                                "PUT",
                                BadInputCases.MAP,
                                BodyPublishers.ofString("--x"),
                                "Content-Type",
                                "multipart/form-data; boundary=x")
                        .detail())
                .contains("a form is not supported here: send JSON");
    }

    @Test
    void dataThatIsNullIsPassedOn() {
        assertThat(router.predictBody("""
                {"modelId":"fib","data":null}""").status()).isEqualTo(200);
        assertThat(worker.last().body()).isEqualTo("null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "12", "-1.5e3", "true", "\"a \\\" b\"", "[]", "{}", "[[1,2],[3]]"})
    void anyDataIsPassedOnAsItIs(String data) {
        router.predictBody("""
                {"modelId":"fib","data":%s}""".formatted(data));
        assertThat(worker.last().body()).isEqualTo(data);

        router.predictBody("""
                {"data" :  %s  ,"modelId":"fib"}""".formatted(data));
        assertThat(worker.last().body()).isEqualTo(data);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "0", "-1", "1.5", "1e3", "5s", " ", "99999999999999999999"})
    void aTimeoutThatIsNoNumberOfMillisecondsIsRefused(String timeout) {
        Answer answer = router.predict("X-Request-Timeout-Ms", timeout);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("INVALID_INPUT");
        assertThat(answer.detail()).contains("X-Request-Timeout-Ms must be a whole number of milliseconds over 0");
        assertThat(worker.calls()).isZero();
    }

    @Test
    void aTimeoutPastTheLongestIsCutToIt() {
        assertThat(router.predict("X-Request-Timeout-Ms", "999999999999999").status())
                .isEqualTo(200);
        assertThat(Integer.parseInt(worker.last().headers().getOrDefault("X-Request-Timeout-Ms", "")))
                .isBetween(290_000, 300_000);
    }

    @Test
    void aRequestIdIsEchoedIfItIsFitToBe() {
        Answer good = router.predictBody("", "X-Request-Id", "caller-1.a_B");
        assertThat(good.header("X-Request-Id")).isEqualTo("caller-1.a_B");

        for (String bad : new String[] {"a b", "<script>", "x".repeat(129), "é", "\"", "${jndi:x}"}) {
            Answer answer = router.predictBody("", "X-Request-Id", bad);

            assertThat(answer.header("X-Request-Id")).as(bad).matches("[0-9a-f]{16}");
            assertThat(answer.body()).doesNotContain(bad.repeat(1).equals("\"") ? "\\\"" : bad);
        }
    }

    @Test
    void textInUtf16IsNotTakenForUtf8() {
        Answer answer = router.send(
                "POST",
                BadInputCases.PREDICT,
                BodyPublishers.ofByteArray(BadInputCases.GOOD.getBytes(StandardCharsets.UTF_16)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("INVALID_INPUT");
    }

    @Test
    void aByteOrderMarkDoesNotShiftTheData() {
        Answer answer = router.predictBody("\uFEFF" + BadInputCases.GOOD);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(worker.last().body()).isEqualTo("""
                {"n":2}""");
    }

    @Test
    void anIdAsLongAsTheBodyIsRefusedAndNotKept() {
        String id = "x".repeat(1_000_000);

        Answer answer = router.predictBody("""
                {"modelId":"%s","data":{}}""".formatted(id));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body()).doesNotContain("xxx");
        assertThat(router.get("/elb-healthcheck").json().path("requests").has(id))
                .isFalse();
        assertThat(worker.calls()).isZero();
    }

    @Test
    void anIdMayBeAsLongAsANameAndThatOfAVersion() {
        String id = "m".repeat(128) + ":" + "v".repeat(128);

        assertThat(router.predictBody("""
                {"modelId":"%s","data":{}}""".formatted(id)).status()).isNotEqualTo(422);
    }
}
