package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.LiveRouter.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with the next version of a model, it leaves nothing, and the version that served before still serves. */
class BadUploadsTest {
    private static final int MAX = 50_000;
    private static final String VERSIONS = "/v1/models/iris/versions";
    private static final String EMPTY = "multipart/form-data; boundary=";
    private static final String FORM = "multipart/form-data; boundary=b";

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with("models.max-bytes", Integer.toString(MAX));

    private static final FakeHost HOST =
            FakeHost.start().inspects(BadUploadsTest::inspect).predicts(call -> call.answer(200, "\"still here\""));

    /** A wrong upload, and what is answered; status 0 where nobody is there any more to be answered. */
    private record Wrong(String what, Upload upload, int status, String detail) {
        @Override
        public String toString() {
            return what;
        }
    }

    private interface Upload {
        Answer send() throws IOException;
    }

    private static void inspect(FakeWorker.Call call) throws IOException {
        switch (FakeHost.file(router, call).split(" ", 2)[0]) {
            case "ONNX" -> call.answer(200, FakeHost.FOUND);
            case "odd" -> call.answer(200, """
                    {"inputs":7}""");
            case "empty" -> call.answer(200, "{}");
            case "broken" -> call.answer(500, """
                    {"error":"inspecting broke"}""");
            default -> call.answer(422, """
                    {"error":"the file is not an ONNX model"}""");
        }
    }

    @BeforeAll
    static void serve() {
        router.replace("""
                {"hosts":{"onnx":[%s]}}""".formatted(HOST.entry()));
        Awaitility.await().until(() -> upload("ONNX 1").status() == 201);
        eventually(() -> served().status() == 200);
    }

    @AfterAll
    static void stop() {
        HOST.close();
    }

    private static void eventually(Callable<Boolean> condition) {
        Awaitility.await().pollInterval(Duration.ofMillis(10)).until(condition);
    }

    private static Answer served() {
        return router.predictBody("""
                {"modelId":"iris","data":{"X":[[1,2,3,4]]}}""");
    }

    private static Answer upload(String content, String... headers) {
        return router.put(VERSIONS, content, headers);
    }

    static Stream<Wrong> wrong() {
        String tooLong = "ONNX" + " ".repeat(MAX);
        return Stream.of(
                new Wrong("no model", () -> upload("text"), 422, "not an ONNX model"),
                new Wrong(
                        "no model in a form",
                        () -> upload(form("text"), "Content-Type", FORM),
                        422,
                        "not an ONNX model"),
                new Wrong("no model in Fractal's way", BadUploadsTest::fractal, 422, "not an ONNX model"),
                new Wrong("empty", () -> upload(""), 422, "empty"),
                new Wrong("another digest", () -> upload("ONNX 2", "X-Content-SHA256", "00"), 422, "SHA-256"),
                new Wrong("another type", () -> router.put(VERSIONS + "?type=ML", "ONNX 2"), 409, "of type AI"),
                new Wrong("labels", () -> router.put(VERSIONS + "?labels=7", "ONNX 2"), 422, "labels"),
                new Wrong("a form without a file", () -> upload("--b--\r\n", "Content-Type", FORM), 422, "no file"),
                new Wrong("half a form", () -> upload(half("ONNX"), "Content-Type", FORM), 400, "the form breaks off"),
                new Wrong("half a form in Fractal's way", BadUploadsTest::halfFractal, 400, "the form breaks off"),
                new Wrong("a part without a name", () -> upload(nameless(), "Content-Type", FORM), 400, "with a name"),
                new Wrong("an odd name", () -> upload(odd("name=;"), "Content-Type", FORM), 400, "with a name"),
                new Wrong(
                        "an odd file",
                        () -> upload(odd("name=file; filename=;"), "Content-Type", FORM),
                        400,
                        "with a name"),
                new Wrong("no boundary", () -> upload("--\r\n", "Content-Type", EMPTY), 400, "names no boundary"),
                new Wrong("half a boundary", () -> upload("--\r\n", "Content-Type", EMPTY + '"'), 400, "boundary"),
                new Wrong("compressed", () -> upload("ONNX 2", "Content-Encoding", "br"), 415, "send gzip"),
                new Wrong("no gzip", () -> upload("ONNX 2", "Content-Encoding", "gzip"), 400, "Content-Encoding says"),
                new Wrong("too long", () -> upload(tooLong), 413, "50000 bytes"),
                new Wrong("too long, as it turns out", () -> chunked(tooLong), 413, "50000 bytes"),
                new Wrong("cut", () -> cut("ONNX", "application/octet-stream"), 0, ""),
                new Wrong("a form that is cut", () -> cut(form("ONNX").substring(0, 80), FORM), 0, ""),
                new Wrong("a host that says nothing of it", () -> upload("empty"), 502, "is invalid"),
                new Wrong("a host that says nonsense", () -> upload("odd"), 502, "is invalid"),
                new Wrong("a host that breaks", () -> upload("broken"), 502, "tries"));
    }

    private static String form(String file) {
        return "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"iris.onnx\"\r\n\r\n" + file
                + "\r\n--b--\r\n";
    }

    private static String half(String file) {
        return form(file).replace("\r\n--b--\r\n", "");
    }

    private static String nameless() {
        return form("ONNX").replace("name=\"file\"; ", "");
    }

    private static String odd(String parameters) {
        return form("ONNX").replace("name=\"file\"; filename=\"iris.onnx\"", parameters);
    }

    private static Answer halfFractal() {
        return router.put("/api/v1/models/iris.onnx", half("ONNX"), "Content-Type", FORM);
    }

    private static Answer fractal() {
        return router.put("/api/v1/models/iris.onnx", form("text"), "Content-Type", FORM);
    }

    private static Answer chunked(String content) {
        return router.send("PUT", VERSIONS, BodyPublishers.fromPublisher(BodyPublishers.ofString(content)));
    }

    private static Answer cut(String begins, String type) throws IOException {
        try (RawClient client = RawClient.to(router.port())) {
            client.say("PUT " + VERSIONS + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 40000\r\nContent-Type: "
                    + type + "\r\n\r\n" + begins + " ".repeat(20_000));
            eventually(() -> files().size() == 2);
        }
        return new Answer(0, Map.of(), "");
    }

    private static List<Path> files() throws IOException {
        return FilesNow.below(router.folder().resolve("models"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatServedStillServes(Wrong wrong) throws IOException {
        Answer refused = wrong.upload().send();

        assertThat(refused.status()).as(refused.body()).isEqualTo(wrong.status());
        assertThat(refused.body()).contains(wrong.detail());
        assertThat(served().body()).isEqualTo("\"still here\"");
        assertThat(router.get("/v1/models/iris/traffic").json().path("weights").toString())
                .isEqualTo("""
                        {"1":100}""");
        assertThat(router.get("/v1/models/iris").json().path("versions")).hasSize(1);
        eventually(() -> files().size() == 1);
    }
}
