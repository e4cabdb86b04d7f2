package dev.foretell.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Python worker answers as ours does. Skipped where there is no Python. */
class FireflyWorkerTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static Process python;
    private static String url;

    @BeforeAll
    static void start() throws IOException {
        Process started = launch();
        python = started;
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        assertThat(line).startsWith("listening on http://127.0.0.1:");
        url = line.substring("listening on ".length());
    }

    private static Process launch() throws IOException {
        try {
            return new ProcessBuilder("python3", "firefly_worker.py", "-b", "127.0.0.1:0").start();
        } catch (IOException e) {
            assumeTrue(false, "there is no python3 here");
            throw e;
        }
    }

    @AfterAll
    static void stop() {
        if (python != null) {
            python.destroy();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /predict | {"n": 10}     | 200 | 89
            /predict | {             | 400 | bad JSON
            /predict | {}            | 422 | {"error": "missing a required argument: 'n'"}
            /predict | {"n":1,"m":2} | 422 | {"error": "got an unexpected keyword argument 'm'"}
            /predict | {"n":"x"}     | 422 | {"error": "argument 'n' must be of type int"}
            /predict | [1]           | 422 | {"error": "the body must be a JSON object of named arguments"}
            /predict | {"n":-1}      | 500 | {"error": "ValueError: n must not be negative"}
            /zzz     | {}            | 404 | {"error": "Not found: /zzz"}
            """)
    void answersAsAWorkerDoes(String path, String body, int status, String expected) throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(url + path))
                .header("X-Echo", "a1-_B2")
                .POST(HttpRequest.BodyPublishers.ofString(body)));

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).contains(expected);
        assertThat(answer.headers().firstValue("X-Echo")).hasValue("a1-_B2");
        assertThat(answer.headers().firstValue("X-Foretell-Error-Of").isPresent())
                .as("the function's own error, not the worker's")
                .isEqualTo(status == 500);
    }

    @Test
    void takesBodiesInChunks() throws Exception {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(url + "/predict"))
                .version(HttpClient.Version.HTTP_1_1)
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream("""
                                {"n": 10}""".getBytes(StandardCharsets.UTF_8)))));

        assertThat(answer.body()).isEqualTo("89");
    }

    /** With another set of functions, as whoever copies it has. */
    private static String ran(String program) throws Exception {
        Process ran = new ProcessBuilder("python3", "-c", "import firefly_worker as w\n" + program)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(ran.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        ran.waitFor();
        return said;
    }

    @Test
    void answersNumpysNumbersAndArraysAsJson() throws Exception {
        assertThat(ran("""
                class Array:
                    def tolist(self): return [1, 2.5]
                w.FUNCTIONS['f'] = lambda: {'a': Array()}
                print(w.call('/f', b'{}'))""")).isEqualTo("b'{\"a\": [1, 2.5]}'");
    }

    @Test
    void saysWhyAResultIsNoJson() throws Exception {
        String why = ran("""
                def refused(value):
                    w.FUNCTIONS['f'] = lambda: value
                    try: w.call('/f', b'{}')
                    except w.OfFunction as refusal: print(refusal.status, refusal)
                refused(object())
                refused(float('nan'))""");

        assertThat(why)
                .contains(
                        "500 TypeError: Object of type object is not JSON serializable",
                        "500 ValueError: Out of range");
    }

    @Test
    void describesItself() throws Exception {
        assertThat(send(HttpRequest.newBuilder(URI.create(url + "/"))).body()).contains("""
                {"predict": {"path": "/predict", "doc": "nth Fibonacci number", \
                "parameters": [{"name": "n", "kind": "POSITIONAL_OR_KEYWORD"}]}}""");
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
