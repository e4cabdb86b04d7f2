package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import dev.foretell.router.LiveRouter.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Model files come in: whole and good, or not at all. */
class ModelUploadTest {
    private static final int MAX = 100_000;

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with("models.max-bytes", Integer.toString(MAX));

    @BeforeEach
    void empty() {
        router.get("/v1/models")
                .json()
                .path("models")
                .forEach(model -> assertThat(
                                router.delete("/v1/models/" + model.path("name").asText() + "?force=true")
                                        .status())
                        .isEqualTo(200));
        FakeHost.of(router);
    }

    private static Answer upload(String name, String content, String... headers) {
        return router.post("/v1/models/" + name + "/versions", content, headers);
    }

    private static String digest(String content) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** The files that are kept or come in. */
    private static List<String> files() throws IOException {
        Path folder = Files.createDirectories(router.folder().resolve("models"));
        return FilesNow.below(folder).stream()
                .map(file -> folder.relativize(file).toString())
                .toList();
    }

    private static void awaitNoFiles() {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> assertThat(files()).isEmpty());
    }

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
        assertThat(model.at("/traffic/weights").toString()).isEqualTo("{\"1\":100}");
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
                + part("labels", "{\"team\":\"plants\"}") + part("sample", "{\"X\":[[1,2,3,4]]}") + "--b--\r\n";

        Answer uploaded = upload("iris", form, "Content-Type", "multipart/form-data; boundary=b");

        assertThat(uploaded.status()).isEqualTo(201);
        assertThat(uploaded.json().at("/provenance/filename").asText()).isEqualTo("iris.onnx");
        JsonNode model = router.get("/v1/models/iris").json();
        assertThat(model.path("description").asText()).isEqualTo("Iris flowers");
        assertThat(model.at("/labels/team").asText()).isEqualTo("plants");
        assertThat(router.get("/v1/models/iris/versions/1/file").body()).isEqualTo("ONNX form");
    }

    private static String part(String name, String content) {
        return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + content + "\r\n";
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
            a type that is none,       iris,            ?type=a%20b, ONNX 1, 422, type
            the hosts' type,           iris,            ?type=hosts, ONNX 1, 422, type
            labels that are no JSON,   iris,            ?labels=a,   ONNX 1, 400, labels must be JSON: JSON has no a
            a sample that is none,     iris,            ?sample=,    ONNX 1, 422, "sample must be JSON, and is empty"
            misspelt labels,           iris,            ?lables=1,   ONNX 1, 422, "there is no parameter 'lables' here"
            labels that are no object, iris,            "?labels=[1]", ONNX 1, 422, labels
            a form that is none,       iris,            ?form,    ONNX 1,    400, the form breaks off
            """)
    void badInputIsRefusedAndLeavesNothing(
            String what, String name, String query, String content, int status, String detail) throws IOException {
        upload("before", "ONNX 0");
        String[] headers = query.equals("?form")
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

    @Test
    void twoUploadsAtOnceAreTwoVersions() {
        CompletableFuture<Answer> one = CompletableFuture.supplyAsync(() -> upload("iris", "ONNX 1"));
        CompletableFuture<Answer> other = CompletableFuture.supplyAsync(() -> upload("iris", "ONNX 2"));

        assertThat(List.of(
                        one.join().json().path("version").asInt(),
                        other.join().json().path("version").asInt()))
                .containsExactlyInAnyOrder(1, 2);
        assertThat(router.get("/v1/models/iris").json().at("/traffic/weights").toString())
                .isEqualTo("{\"1\":100}");
    }

    @Test
    void theSameFileTwiceIsTwoVersionsOfOneFile() throws IOException {
        upload("iris", "ONNX 1");
        upload("iris", "ONNX 1");
        assertThat(files()).containsExactly(digest("ONNX 1"));

        assertThat(router.delete("/v1/models/iris/versions/2").status()).isEqualTo(200);
        assertThat(files()).containsExactly(digest("ONNX 1"));

        upload("iris", "ONNX 1");
        JsonNode versions = router.get("/v1/models/iris").json().path("versions");
        assertThat(versions.findValuesAsText("version")).containsExactly("1", "3");
    }

    @Test
    void whatServesStays() throws IOException {
        upload("iris", "ONNX 1");
        upload("iris", "ONNX 2");

        Answer serving = router.delete("/v1/models/iris/versions/1");
        Answer staged = router.delete("/v1/models/iris/versions/2");
        Answer model = router.delete("/v1/models/iris");

        assertThat(serving.status()).isEqualTo(409);
        assertThat(serving.detail()).contains("takes 100 % of the calls");
        assertThat(staged.status()).isEqualTo(200);
        assertThat(files()).containsExactly(digest("ONNX 1"));
        assertThat(model.status()).isEqualTo(409);
        assertThat(model.detail()).contains("?force=true");
        assertThat(router.delete("/v1/models/iris?force=true").status()).isEqualTo(200);
        assertThat(files()).isEmpty();
        assertThat(router.delete("/v1/models/iris").status()).isEqualTo(404);
    }

    private static Answer uploadForm(String sample) {
        String form = "--b\r\nContent-Disposition: form-data; name=\"sample\"\r\n\r\n" + sample
                + "\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"m.onnx\"\r\n\r\nONNX"
                + " 1\r\n--b--\r\n";
        return router.post("/v1/models/long/versions", form, "Content-Type", "multipart/form-data; boundary=b");
    }

    @Test
    void aSampleMayBeAsLongAsAPicture() {
        String picture = "{\"X\":[" + "0.123,".repeat(150_000) + "0]}";

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
        FakeWorker host = FakeHost.of(router, call -> {
            boolean asked = call.body().contains("\"sample\":{\"Y\":[1]}");
            call.answer(
                    asked ? 422 : 200, asked ? "{\"error\":\"the model does not take the sample\"}" : FakeHost.FOUND);
        });

        Answer answer = router.post("/v1/models/iris/versions?sample=%7B%22Y%22:%5B1%5D%7D", "ONNX 1");

        assertThat(answer.status()).as(host.last().body()).isEqualTo(422);
        assertThat(answer.detail()).isEqualTo("the model does not take the sample");
        assertThat(router.get("/v1/models/iris").status()).isEqualTo(404);
        assertThat(files()).isEmpty();
    }

    @Test
    void fieldsThatAreLongerThanIsTakenAreRefused() {
        Answer one = uploadForm("{\"X\":\"" + "x".repeat(3_000_000) + "\"}");
        Answer many = uploadForm(("1\r\n--b\r\nContent-Disposition: form-data; name=\"more\"\r\n\r\n"
                        + "x".repeat(900_000) + "\r\n--b\r\nContent-Disposition: form-data; name=\"sample\"\r\n\r\n")
                .repeat(4));

        assertThat(one.status()).isEqualTo(413);
        assertThat(one.detail()).contains("the form's fields", "1048576 bytes");
        assertThat(many.status()).isEqualTo(413);
        awaitNoFiles();
    }

    @Test
    void aModelThatNoHostHasTheMemoryForIsRefused() {
        FakeHost.of(
                router,
                call -> call.answer(200, FakeHost.FOUND.replace("{\"runtime\"", "{\"memory\":900000000,\"runtime\"")),
                FakeHost.INDEX.replace("{\"max\"", "{\"memory\":536870912,\"max\""));

        Answer refused = upload("iris", "ONNX 1");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.detail())
                .contains("needs about 858 MiB", "no host has more than 512 MiB", "foretell host --memory SIZE");
        awaitNoFiles();
    }

    private static FakeWorker.Script tooSmall(Queue<Integer> asked, int host) {
        return call -> {
            if (call.path().equals("/inspect")) {
                asked.add(host);
            }
            call.answer(413, "{\"error\":\"it has too little memory; start one with more\"}");
        };
    }

    @Test
    void aFileThatHostsAreTooSmallForIsLookedAtByTheNext() {
        Queue<Integer> asked = new ConcurrentLinkedQueue<>();
        List<FakeWorker.Script> hosts =
                IntStream.range(0, 5).mapToObj(i -> tooSmall(asked, i)).collect(Collectors.toList());
        hosts.add(FakeHost.looksAt(router));
        List<FakeWorker> workers = FakeHost.of(router, hosts);

        for (int i = 0; i < 10; i++) {
            asked.clear();
            assertThat(upload("large" + i, "ONNX " + i).status()).isEqualTo(201);
            assertThat(asked).doesNotHaveDuplicates();
        }

        JsonNode map = router.get("/v1/model_workers_map?model-type=hosts").json();
        assertThat(workers)
                .allSatisfy(host ->
                        assertThat(map.path(host.id()).path("state").asText()).isEqualTo("READY"));
    }

    @Test
    void aFileThatAllHostsAreTooSmallForIsRefusedWithTheWayOut() {
        Queue<Integer> asked = new ConcurrentLinkedQueue<>();
        FakeHost.of(router, tooSmall(asked, 1));
        Answer byOne = upload("large", "ONNX 1");
        FakeHost.of(router, List.of(tooSmall(asked, 2), tooSmall(asked, 3)));
        Answer byTwo = upload("large", "ONNX 1");

        assertThat(byOne.status()).isEqualTo(422);
        assertThat(byOne.detail())
                .isEqualTo("the model host that could inspect the file is too small for it: it has too little memory;"
                        + " start one with more");
        assertThat(byTwo.status()).isEqualTo(422);
        assertThat(byTwo.detail())
                .isEqualTo("the 2 model hosts that could inspect the file are too small for it; the last one"
                        + " reports: it has too"
                        + " little memory; start one with more");
        assertThat(asked).containsExactlyInAnyOrder(1, 2, 3);
        awaitNoFiles();
    }

    @Test
    void hostsAreToldWhichFilesAreNoMore() {
        FakeWorker.Script looks = FakeHost.looksAt(router);
        List<String> forgotten = new CopyOnWriteArrayList<>();
        FakeHost.of(router, call -> {
            if (call.path().equals("/forget")) {
                forgotten.add(Json.readTree(call.body().getBytes(StandardCharsets.UTF_8))
                        .path("digest")
                        .asText());
                call.answer(200, "{}");
            } else {
                looks.play(call);
            }
        });
        upload("iris", "ONNX 1");
        upload("iris", "ONNX 2");
        upload("other", "ONNX 2");
        upload("iris", "none");

        router.delete("/v1/models/iris?force=true");

        Awaitility.await().untilAsserted(() -> assertThat(forgotten).contains(digest("none"), digest("ONNX 1")));
        assertThat(forgotten).doesNotContain(digest("ONNX 2"));
        router.delete("/v1/models/other?force=true");
        Awaitility.await().untilAsserted(() -> assertThat(forgotten).contains(digest("ONNX 2")));
    }

    @Test
    void whatIsSaidOfAModelMayChange() {
        upload("iris", "ONNX 1");

        Answer patched = router.send(
                "PATCH",
                "/v1/models/iris",
                BodyPublishers.ofString("{\"description\":\"new\",\"labels\":{\"a\":\"b\"},\"replicas\":3}"));
        Answer wrong = router.send("PATCH", "/v1/models/iris", BodyPublishers.ofString("{\"replicas\":0}"));

        assertThat(patched.json().path("description").asText()).isEqualTo("new");
        assertThat(patched.json().path("replicas").asInt()).isEqualTo(3);
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(router.get("/v1/models/iris").json()).isEqualTo(patched.json());
        assertThat(router.get("/v1/models/irsi").detail()).contains("did you mean iris");
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
        FakeWorker host = FakeHost.of(router);
        host.stop();

        Answer refused = upload("iris", "ONNX 1");

        assertThat(refused.status()).isIn(502, 503);
        awaitNoFiles();
    }

    @Test
    void aNameIsAFunctionsOrAModels() {
        FakeWorker worker = router.worker(Scripts.answers("1"));
        upload("iris", "ONNX 1");

        Answer function = router.register("{\"AI\":{\"iris\":[" + worker.entry() + "]}}");
        Answer ofOtherType = router.register("{\"ML\":{\"iris\":[" + worker.entry() + "]}}");
        router.register("{\"AI\":{\"fib\":[" + worker.entry() + "]}}");
        Answer model = upload("fib", "ONNX 1");

        assertThat(function.status()).isEqualTo(409);
        assertThat(function.detail()).contains("AI/iris is a registered model");
        assertThat(ofOtherType.status()).isEqualTo(200);
        assertThat(model.status()).isEqualTo(409);
        assertThat(upload("iris?type=ML", "ONNX 1").status()).isIn(404, 405, 422);
    }
}
