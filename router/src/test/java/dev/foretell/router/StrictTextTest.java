package dev.foretell.router;

import static dev.foretell.router.Scripts.answers;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.LiveRouter.Answer;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text that is not UTF-8 is refused at every door, and what was acknowledged is there after a restart. */
class StrictTextTest {
    private static final String NOT_UTF8 = "80,ff,c0af,e080af,f08080af,eda080,edbfbf,f4908080,f8888080,e282,f09f98";

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with();

    @BeforeEach
    void serveOneModel() {
        FakeHost.at(router).fetchesFrom(router).servesAlone(router);
        if (router.get("/v1/models/iris").status() == 404) {
            assertThat(router.post("/v1/models/iris/versions", "ONNX 1").status())
                    .isEqualTo(201);
        }
    }

    private static Answer send(String method, String path, byte[] body, String... headers) {
        return router.send(method, path, BodyPublishers.ofByteArray(body), headers);
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).describedAs(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("UTF-8");
    }

    @Test
    void bodiesAreUtf8() {
        FakeWorker worker = router.worker(answers("2"));
        router.register("""
                {"AI":{"fib":[%s]}}""".formatted(worker.entry()));

        for (String hex : NOT_UTF8.split(",", -1)) {
            byte[] spoilt = HexFormat.of().parseHex(hex);
            assertRefused(send("PATCH", "/v1/models/iris", around("{\"labels\":{\"", spoilt, "\":\"b\"}}")));
            assertRefused(send("PATCH", "/v1/models/iris", around("{\"description\":\"", spoilt, "\"}")));
            assertRefused(send("PUT", "/v1/models/iris/traffic", around("{\"", spoilt, "\":1}")));
            assertRefused(send("PUT", "/v1/model_workers_map", around("""
                    {"AI":{"x":[{"host":\"""", spoilt, "\"}]}}")));
            assertRefused(send("POST", "/v1/AI_model/predict", around("""
                    {"modelId":"fib","data":{"n":\"""", spoilt, "\"}}")));
            assertRefused(send("POST", "/v1/AI_model/fib/predict", around("{\"n\":\"", spoilt, "\"}")));
            assertRefused(send("POST", "/v2/models/fib/infer", around("{\"id\":\"", spoilt, "\",\"inputs\":[]}")));
        }
        assertThat(router.get("/v1/models/iris").status()).isEqualTo(200);
    }

    @Test
    void formsAreUtf8() {
        for (String hex : NOT_UTF8.split(",", -1)) {
            byte[] form = around(
                    "--b\r\nContent-Disposition: form-data; name=\"description\"\r\n\r\n",
                    HexFormat.of().parseHex(hex),
                    "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"m.onnx\"\r\n\r\nONNX 2\r\n"
                            + "--b--\r\n");
            assertRefused(
                    send("POST", "/v1/models/other/versions", form, "Content-Type", "multipart/form-data; boundary=b"));
        }
        assertThat(router.get("/v1/models/other").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/models/%ff",
                "/v1/models/%c0%af",
                "/v1/models/iris?description=%ed%a0%80",
                "/v1/model_workers_map/AI/%f4%90%80%80",
                "/v1/model_workers_map?model-type=%e2%82"
            })
    void urlsAreUtf8(String path) {
        assertRefused(router.get(path));
        assertRefused(router.delete(path));
    }

    @ParameterizedTest
    @CsvSource({"/v1/AI_model/%ff/predict", "/v1/AI_model/fib%c0%af/predict"})
    void modelsInUrlsAreUtf8(String path) {
        assertRefused(router.post(path, """
                {"n":2}"""));
    }

    @Test
    void anUploadsQueryIsUtf8() {
        assertRefused(router.post("/v1/models/queried/versions?description=%f8%88%80%80", "ONNX 3"));
        assertThat(router.get("/v1/models/queried").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"labels\":{\"\\ud800\":\"b\"}}",
                "{\"labels\":{\"a\":\"\\udfff\"}}",
                "{\"description\":\"x\\ud83d\"}",
                "{\"description\":\"\\ude00\\ud83d\"}"
            })
    void halfASurrogatePairIsNotKept(String patch) {
        Answer answer = send("PATCH", "/v1/models/iris", patch.getBytes(StandardCharsets.UTF_8));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).contains("surrogate");
    }

    @Test
    void whatWasAcknowledgedIsThereAfterARestart() {
        String text = "\\u0000 \\ud83d\\ude00 é € 😀 \\\" \\\\ \\u2028 \\uffff";
        Answer patched =
                send("PATCH", "/v1/models/iris", """
                        {"description":"%s","labels":{"%s":"%s","":""}}""".formatted(text, text, text).getBytes(StandardCharsets.UTF_8));
        assertThat(patched.status()).isEqualTo(200);
        JsonNode before = router.get("/v1/models/iris").json();

        router.stop();
        router.start();

        assertThat(router.get("/v1/models/iris").json()).isEqualTo(before);
        assertThat(router.get("/v1/models/iris").json().path("description").asText())
                .contains("😀 \" \\");
    }

    private static byte[] around(String head, byte[] spoilt, String tail) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        all.writeBytes(spoilt);
        all.writeBytes(tail.getBytes(StandardCharsets.UTF_8));
        return all.toByteArray();
    }
}
