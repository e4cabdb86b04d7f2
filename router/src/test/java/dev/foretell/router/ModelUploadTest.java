package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.LiveRouter.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Model files come in: whole and good, or not at all. */
class ModelUploadTest extends UploadFixture {
    @Test
    void theFirstVersionGetsTheCallsLaterOnesNone() throws IOException {
        Answer first = upload("iris", "ONNX 1");
        Answer second = upload("iris", "ONNX 2");

        assertThat(first.status()).isEqualTo(201);
        assertThat(first.header("Location")).isEqualTo("/v1/models/iris/versions/1");
        JsonNode version = first.json();
        assertThat(version.path("version").asInt()).isEqualTo(1);
        assertThat(version.path("digest").asText()).isEqualTo(digest("ONNX 1"));
        assertThat(version.path("bytes").asInt()).isEqualTo(6);
        assertThat(version.path("runtime").asText()).isEqualTo("onnx");
        assertThat(version.at("/inputs/0/name").asText()).isEqualTo("X");
        assertThat(version.at("/inputs/0/shape").toString()).isEqualTo("[-1,4]");
        assertThat(version.at("/metadata/producer").asText()).isEqualTo("a test");
        assertThat(version.path("weight").asInt()).isEqualTo(100);
        assertThat(second.json().path("version").asInt()).isEqualTo(2);
        assertThat(second.json().path("weight").asInt()).isZero();
        JsonNode model = router.get("/v1/models/iris").json();
        assertThat(model.path("type").asText()).isEqualTo("AI");
        assertThat(model.path("replicas").asInt()).isEqualTo(2);
        assertThat(model.at("/traffic/weights").toString()).isEqualTo("""
                {"1":100}""");
        assertThat(model.path("versions")).hasSize(2);
        assertThat(router.get("/v1/models/iris/versions/2")
                        .json()
                        .path("digest")
                        .asText())
                .isEqualTo(digest("ONNX 2"));
        assertThat(router.get("/v1/models").json().path("models")).hasSize(1);
        assertThat(files()).containsExactlyInAnyOrder(digest("ONNX 1"), digest("ONNX 2"));
    }

    @Test
    void aFileIsGivenBackAsItCame() {
        upload("iris", "ONNX as it is");

        Answer file = router.get("/v1/models/iris/versions/1/file");
        Answer blob = router.get("/v1/blobs/" + digest("ONNX as it is"));

        assertThat(file.body()).isEqualTo("ONNX as it is");
        assertThat(file.header("Content-Disposition")).contains("iris-1.onnx");
        assertThat(file.header("Content-Length")).isEqualTo("13");
        assertThat(blob.body()).isEqualTo("ONNX as it is");
        assertThat(router.get("/v1/blobs/" + digest("other")).status()).isEqualTo(404);
        assertThat(router.get("/v1/blobs/..%2F..%2Fredis.conf").status()).isEqualTo(404);
        assertThat(router.get("/v1/models/iris/versions/2/file").code()).isEqualTo("MODEL_NOT_FOUND");
    }

    @Test
    void aFileIsMeasuredWithoutBeingGiven() {
        upload("iris", "ONNX as it is");

        for (String path : List.of(
                "/v1/models/iris/versions/1/file",
                "/v1/blobs/" + digest("ONNX as it is"),
                "/api/v1/models/iris.onnx/download")) {
            Answer head = router.send("HEAD", path, BodyPublishers.noBody());

            assertThat(head.status()).as(path).isEqualTo(200);
            assertThat(head.header("Content-Length")).isEqualTo("13");
            assertThat(head.header("Content-Type")).isEqualTo("application/octet-stream");
            assertThat(head.body()).isEmpty();
        }
        assertThat(router.send("HEAD", "/v1/blobs/" + digest("other"), BodyPublishers.noBody())
                        .status())
                .isEqualTo(404);
        assertThat(router.send("DELETE", "/v1/blobs/" + digest("other"), BodyPublishers.noBody())
                        .header("Allow"))
                .isEqualTo("GET, HEAD");
    }

    @Test
    void aFormTellsMoreThanAFileEvenAfterIt() {
        String form = part("description", "Iris flowers") + part("file\"; filename=\"iris.onnx", "ONNX form")
                + part("labels", """
                        {"team":"plants"}""") + part("sample", """
                                {"X":[[1,2,3,4]]}""") + "--b--\r\n";

        Answer uploaded = upload("iris", form, "Content-Type", "multipart/form-data; boundary=b");

        assertThat(uploaded.status()).isEqualTo(201);
        assertThat(uploaded.json().at("/provenance/filename").asText()).isEqualTo("iris.onnx");
        JsonNode model = router.get("/v1/models/iris").json();
        assertThat(model.path("description").asText()).isEqualTo("Iris flowers");
        assertThat(model.at("/labels/team").asText()).isEqualTo("plants");
        assertThat(router.get("/v1/models/iris/versions/1/file").body()).isEqualTo("ONNX form");
    }

    @Test
    void curlMayPutAndWaitToBeToldToGoOn() throws IOException {
        try (RawClient curl = RawClient.to(router.port())) {
            curl.say("PUT /v1/models/iris/versions?type=ML&description=D HTTP/1.1\r\nHost:"
                    + " localhost\r\nContent-Length: 6\r\n"
                    + "Expect: 100-continue\r\nConnection: close\r\n\r\n");
            assertThat(curl.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100 ");

            assertThat(curl.say("ONNX 1").readAll()).startsWith("HTTP/1.1 201 ");
        }
        assertThat(router.get("/v1/models/iris").json().path("type").asText()).isEqualTo("ML");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            not a model at all,        iris,            '',       nonsense,  422, not an ONNX model
            empty,                     iris,            '',       -,         422, empty
            a digest that differs,     iris,            ?sha256=00, ONNX 1,  422, SHA-256
            a parent folder,           ..,              '',       ONNX 1,    404, nothing at this URL
            an encoded parent folder,  %2e%2e,          '',       ONNX 1,    404, nothing at this URL
            a slash,                   a%2Fb,           '',       ONNX 1,    422, name
            dots in a row,             a..b,            '',       ONNX 1,    422, name
            the ending of a file,      iris.onnx,       '',       ONNX 1,    422, .onnx
            an invalid type,           iris,            ?type=a%20b, ONNX 1, 422, type
            the hosts' type,           iris,            ?type=hosts, ONNX 1, 422, type
            labels that are no JSON,   iris,            ?labels=a,   ONNX 1, 400, labels must be JSON: JSON has no a
            an invalid sample,         iris,            ?sample=,    ONNX 1, 422, "sample must be JSON, and is empty"
            misspelt labels,           iris,            ?lables=1,   ONNX 1, 422, "there is no parameter 'lables' here"
            labels that are no object, iris,            "?labels=[1]", ONNX 1, 422, labels
            an incomplete form,        iris,            ?source=form, ONNX 1, 400, the form breaks off
            """)
    void badInputIsRefusedAndLeavesNothing(
            String what, String name, String query, String content, int status, String detail) throws IOException {
        upload("before", "ONNX 0");
        String[] headers = query.equals("?source=form")
                ? new String[] {"Content-Type", "multipart/form-data; boundary=b"}
                : new String[] {"Content-Type", "application/octet-stream"};
        String more = query.equals("''") ? "" : query;

        Answer refused =
                router.post("/v1/models/" + name + "/versions" + more, content.equals("-") ? "" : content, headers);

        assertThat(refused.status()).as(refused.body()).isEqualTo(status);
        assertThat(refused.detail()).contains(detail);
        assertThat(router.get("/v1/models").json().findValuesAsText("name"))
                .contains("before")
                .doesNotContain("iris");
        assertThat(files()).containsExactly(digest("ONNX 0"));
    }

    @Test
    void aNameOf300CharactersIsRefused() {
        assertThat(upload("n".repeat(300), "ONNX").status()).isEqualTo(422);
        assertThat(upload("n".repeat(128), "ONNX").status()).isEqualTo(201);
    }

    @Test
    void aFileThatIsTooLongIsRefused() throws IOException {
        Answer announced = upload("iris", "ONNX".repeat(MAX / 4) + "!");
        Answer chunked = router.send(
                "POST",
                "/v1/models/iris/versions",
                BodyPublishers.fromPublisher(BodyPublishers.ofString("ONNX".repeat(MAX / 4) + "!")));

        assertThat(announced.status()).isEqualTo(413);
        assertThat(chunked.status()).isEqualTo(413);
        assertThat(chunked.detail()).contains("100000 bytes");
        awaitNoFiles();
        assertThat(upload("iris", "ONNX".repeat(MAX / 4)).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource({"application/octet-stream", "multipart/form-data; boundary=b"})
    void anUploadCutInTheMiddleLeavesNothing(String type) throws IOException {
        try (RawClient client = RawClient.to(router.port())) {
            client.say("POST /v1/models/iris/versions HTTP/1.1\r\nHost: localhost\r\nContent-Length:"
                    + " 50000\r\nContent-Type: "
                    + type + "\r\n\r\n" + part("file\"; filename=\"iris.onnx", "ONNX" + " ".repeat(20_000)));
            Awaitility.await().pollInterval(Duration.ofMillis(10)).until(() -> files().size() == 1);
        }

        awaitNoFiles();
        assertThat(router.get("/v1/models/iris").status()).isEqualTo(404);
    }

    private static Answer uploadForm(String sample) {
        String form = "--b\r\nContent-Disposition: form-data; name=\"sample\"\r\n\r\n" + sample
                + "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"m.onnx\"\r\n\r\nONNX"
                + " 1\r\n--b--\r\n";
        return router.post("/v1/models/long/versions", form, "Content-Type", "multipart/form-data; boundary=b");
    }

    @Test
    void aSampleMayBeAsLongAsAPicture() {
        String picture = """
                {"X":[%s0]}""".formatted("0.123,".repeat(150_000));

        Answer answer = uploadForm(picture);

        assertThat(answer.status()).as(answer.detail()).isEqualTo(201);
        assertThat(router.models()
                        .current()
                        .find("long")
                        .orElseThrow()
                        .require(1)
                        .sample()
                        .equals(picture))
                .isTrue();
    }

    @Test
    void aSampleThatTheModelDoesNotTakeIsRefused() throws IOException {
        FakeHost host = FakeHost.at(router)
                .inspects(call -> {
                    if (call.body().contains("\"sample\":{\"Y\":[1]}")) {
                        call.answer(422, """
                                {"error":"the model does not take the sample"}""");
                    } else {
                        call.answer(200, FakeHost.FOUND);
                    }
                })
                .servesAlone(router);

        Answer answer = router.post("/v1/models/iris/versions?sample=%7B%22Y%22:%5B1%5D%7D", "ONNX 1");

        assertThat(answer.status()).as(host.worker().last().body()).isEqualTo(422);
        assertThat(answer.detail()).isEqualTo("the model does not take the sample");
        assertThat(router.get("/v1/models/iris").status()).isEqualTo(404);
        assertThat(files()).isEmpty();
    }

    @Test
    void fieldsThatAreLongerThanIsTakenAreRefused() {
        Answer one = uploadForm("""
                {"X":"%s"}""".formatted("x".repeat(1_500_000)));
        Answer many = uploadForm(("1\r\n--b\r\nContent-Disposition: form-data; name=\"more\"\r\n\r\n"
                        + "x".repeat(900_000) + "\r\n--b\r\nContent-Disposition: form-data; name=\"sample\"\r\n\r\n")
                .repeat(4));

        assertThat(one.status()).isEqualTo(413);
        assertThat(one.detail()).contains("the form's fields", "1048576 bytes");
        assertThat(many.status()).isEqualTo(413);
        awaitNoFiles();
    }

    @Test
    void withoutAHostAFileIsRefusedBeforeItIsSent() throws IOException {
        router.serve(router.worker(Scripts.answers("1")));

        try (RawClient client = RawClient.to(router.port())) {
            String answer = client.say("POST /v1/models/iris/versions HTTP/1.1\r\nHost: localhost\r\nContent-Length:"
                            + " 50000\r\n\r\n")
                    .readUntil("}");

            assertThat(answer).startsWith("HTTP/1.1 503 ").contains("NO_WORKER", "foretell host --router");
        }
        awaitNoFiles();
    }

    @Test
    void aHostThatIsGoneIsNoHost() throws IOException {
        FakeHost.at(router).servesAlone(router).worker().stop();

        Answer refused = upload("iris", "ONNX 1");

        assertThat(refused.status()).isIn(502, 503);
        awaitNoFiles();
    }
}
