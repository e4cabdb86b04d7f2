package dev.foretell.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.foretell.worker.Functions;
import dev.foretell.worker.Http;
import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.Worker;
import dev.foretell.worker.WorkerConfig;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormsTest {
    private static final AtomicReference<Path> SEEN = new AtomicReference<>();
    private static RunningWorker worker;

    static long keep(Path file) throws java.io.IOException {
        SEEN.set(file);
        return Files.size(file);
    }

    @BeforeAll
    static void start() {
        HttpConfig http =
                HttpConfig.defaults().at("127.0.0.1", 0).with(new HttpConfig.Bodies(100_000, Duration.ofSeconds(5)));
        worker = Worker.of("sizes", Functions::sizes)
                .and("text", Functions::text)
                .and("area", Functions::area)
                .and("keep", FormsTest::keep)
                .configured(WorkerConfig.defaults().with(http))
                .start();
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    @Test
    void bindsFilesAndFields() {
        var answer = post("sizes", Map.of("times", "2"), Map.of("raw", "a", "stream", "bb", "file", "ccc"));

        assertThat(answer.body()).isEqualTo("12");
    }

    @Test
    void takesAFieldAsTextOrAsJson() {
        assertThat(post("text", Map.of("note", "5"), Map.of()).body()).isEqualTo("\"1:5\"");
        assertThat(post("text", Map.of("note", "plain words"), Map.of()).body()).isEqualTo("\"11:plain words\"");
        assertThat(post("area", Map.of("petal", """
                {"length":2,"width":2}"""), Map.of()).body()).isEqualTo("4.0");
        assertThat(post("text", Map.of(), Map.of("note", "from a file")).body()).isEqualTo("\"11:from a file\"");
    }

    @Test
    void saysWhatIsMissingOrWrong() {
        assertThat(post("sizes", Map.of("times", "2"), Map.of()).body()).contains("missing a required argument: 'raw'");
        assertThat(post("sizes", Map.of("times", "x"), Map.of()).body())
                .contains("argument 'times' must be of type int");
        assertThat(post("keep", Map.of("file", "/etc/hosts"), Map.of()).statusCode())
                .isEqualTo(422);
        assertThat(post("keep", Map.of("zzz", "1"), Map.of()).body()).contains("unexpected keyword argument 'zzz'");
    }

    @Test
    void deletesFilesOnceTheCallIsAnswered() {
        assertThat(post("keep", Map.of(), Map.of("file", "x".repeat(50_000))).body())
                .isEqualTo("50000");

        await().atMost(Duration.ofSeconds(60)).until(() -> !Files.exists(SEEN.get()));
    }

    @Test
    void deletesFilesOfOneName() throws IOException {
        String part =
                "--X\r\nContent-Disposition: form-data; name=file; filename=a\r\n\r\n" + "x".repeat(40_000) + "\r\n";

        assertThat(form(part + part + "--X--\r\n").body()).isEqualTo("40000");

        Path folder = SEEN.get().getParent();
        await().atMost(Duration.ofSeconds(60)).until(() -> isEmpty(folder));
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    /** What Netty's decoder of forms does not expect. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Disposition: form-data; name=;",
                "Content-Disposition: form-data; name=file; filename",
                "Content-Disposition: form-data; name=file; filename=;",
                "Content-Disposition: form-data; name=file; filename=a\r\nContent-Type: text/plain; charset=",
                "Content-Disposition: form-data; name=file; filename=a\r\nContent-Type: text/plain; charset=@@",
                "Content-Disposition: form-data; name=file; filename=a\r\nContent-Type: text/plain; charset=zork",
                "Content-Disposition: form-data; name=file\r\nContent-Type: multipart/mixed",
                "Content-Disposition: form-data; name=file\r\nContent-Type: multipart/mixed; boundary=Y\r\n\r\n--Y",
                "Content-Type: text/plain",
                "Content-Disposition: form-data; name=file; filename=a\r\n\r\nabc--X--",
            })
    void refusesAFormWithAnOddPartAtOnce(String head) throws IOException {
        int files = count();
        HttpResponse<String> response =
                form("--X\r\n" + head + "\r\n\r\nabc" + (head.endsWith("X--") ? "" : "\r\n--X--\r\n"));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("form").doesNotContain("Exception");
        await().atMost(Duration.ofSeconds(60)).until(() -> count() <= files);
    }

    private static int count() throws IOException {
        Path seen = SEEN.get();
        if (seen == null) {
            return 0;
        }
        try (Stream<Path> files = Files.list(seen.getParent())) {
            return (int) files.count();
        }
    }

    private static HttpResponse<String> form(String body) {
        return Http.send(HttpRequest.newBuilder(java.net.URI.create("http://127.0.0.1:" + worker.port() + "/keep"))
                .header("Content-Type", "multipart/form-data; boundary=X")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    @Test
    void refusesAFormThatIsTooLarge() {
        assertThat(post("keep", Map.of(), Map.of("file", "x".repeat(200_000))).statusCode())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\""})
    void refusesAFormWithoutABoundary(String boundary) {
        var answer = Http.send(Http.request(worker.url() + "/keep")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofString("--\r\n")));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("names no boundary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\ndata",
                "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\ndata\r\n--XX",
                "--XX\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\ndata",
                "--XX\r\nContent-Disposition: form-data; filename=\"f\"\r\n\r\ndata\r\n--XX--\r\n",
            })
    void refusesAFormThatBreaksOffOrNamesNoPartAtOnce(String form) {
        assertThat(post("keep", Map.of(), Map.of("file", "x")).statusCode()).isEqualTo(200);

        var answer = send("keep", form);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("the form breaks off").doesNotContain("Exception");
        await().atMost(Duration.ofSeconds(60)).until(() -> files().isEmpty());
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(SEEN.get().getParent())) {
            return all.toList();
        }
    }

    private static HttpResponse<String> post(String function, Map<String, String> fields, Map<String, String> files) {
        String parts = fields.entrySet().stream()
                        .map(field -> part("name=\"" + field.getKey() + "\"", field.getValue()))
                        .collect(Collectors.joining())
                + files.entrySet().stream()
                        .map(file -> part("name=\"" + file.getKey() + "\"; filename=\"f\"", file.getValue()))
                        .collect(Collectors.joining());
        return send(function, parts + "--XX--\r\n");
    }

    private static HttpResponse<String> send(String function, String form) {
        return Http.send(Http.request(worker.url() + "/" + function)
                .header("Content-Type", "multipart/form-data; boundary=XX")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private static String part(String disposition, String content) {
        return "--XX\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n" + content + "\r\n";
    }
}
