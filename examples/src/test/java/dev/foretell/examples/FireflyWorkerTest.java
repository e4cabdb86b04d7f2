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
        ProcessBuilder python = new ProcessBuilder("python3", "-c", "import firefly_worker as w\n" + program)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        python.environment().put("PYTHONIOENCODING", "utf-8");
        Process ran = python.start();
        String output = new String(ran.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        ran.waitFor();
        return output;
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

    @Test
    void aUrlThatIsAskedForByAnotherMethodSaysWhichItTakes() throws Exception {
        HttpResponse<String> put = send(
                HttpRequest.newBuilder(URI.create(url + "/predict")).PUT(HttpRequest.BodyPublishers.ofString("{}")));
        HttpResponse<String> head =
                send(HttpRequest.newBuilder(URI.create(url + "/")).method("HEAD", HttpRequest.BodyPublishers.noBody()));

        assertThat(put.statusCode()).isEqualTo(405);
        assertThat(put.headers().firstValue("Allow")).hasValue("POST");
        assertThat(put.body()).isEqualTo("{\"error\": \"/predict takes POST only\"}");
        assertThat(head.statusCode()).isEqualTo(200);
    }

    /** As a new user types them. */
    @Test
    void whatItCannotListenOnIsASentence() throws Exception {
        String output = ran("""
                import argparse
                for text in ('9001', 'localhost:abc', '127.0.0.1:70000'):
                    try: w.address(text)
                    except argparse.ArgumentTypeError as refusal: print(refusal)
                print(w.address(':0'), w.address('[::1]:0'))
                taken = w.listen('127.0.0.1', 0)
                try: w.listen('127.0.0.1', taken.server_port)
                except SystemExit as end: print(end)
                try: w.secret('')
                except argparse.ArgumentTypeError as refusal: print(refusal)""");

        assertThat(output.lines())
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("must be HOST:PORT, as in 127.0.0.1:9001, not '9001'"),
                        line -> assertThat(line).endsWith("not 'localhost:abc'"),
                        line -> assertThat(line).endsWith("not '127.0.0.1:70000'"),
                        line -> assertThat(line).isEqualTo("('127.0.0.1', 0) ('::1', 0)"),
                        line -> assertThat(line)
                                .startsWith("firefly_worker: cannot listen on 127.0.0.1:")
                                .endsWith("it is taken; choose another with -b, or port 0 for a free one"),
                        line -> assertThat(line).startsWith("must be one or more visible ASCII characters"));
    }

    @Test
    void aFunctionThatCannotBeServedIsToldAtTheStart() throws Exception {
        String output = ran("""
                async def later(): pass
                for name, function in (('a b', w.predict), ('f', w.predict(1)), ('f', later), ('f', max), ('f', w.predict)):
                    print(w.fault(name, function))""");

        assertThat(output.lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("its name must be 1 to 128 letters"),
                        line -> assertThat(line).startsWith("it is not a function: name it without brackets"),
                        line -> assertThat(line).startsWith("it is async"),
                        line -> assertThat(line).startsWith("it cannot be described to callers: "),
                        line -> assertThat(line).isEqualTo("None"));
    }

    @Test
    void isFoundByTheNameThatItIsServedUnder() throws Exception {
        assertThat(ran("w.FUNCTIONS = {'fib': w.predict}\nprint(w.index()['functions']['fib']['path'])"))
                .isEqualTo("/fib");
    }

    @Test
    void checksTheTypesThatAreWritten() throws Exception {
        assertThat(ran("""
                def f(a: float, b: str, c: list = [], **more): return [a, b, c]
                w.FUNCTIONS['f'] = f
                def call(body):
                    try: print(w.call('/f', body.encode()).decode())
                    except w.Refusal as refusal: print(refusal.status, refusal)
                call('{"a": 1, "b": "x", "d": 2}')
                call('{"a": "1", "b": "x"}')
                call('{"a": true, "b": "x"}')
                call('{"a": 1, "b": "x", "c": {}}')
                call(' ')""").lines())
                .containsExactly(
                        "[1, \"x\", []]",
                        "422 argument 'a' must be of type float",
                        "422 argument 'a' must be of type float",
                        "422 argument 'c' must be of type list",
                        "400 the body is empty: send a JSON object of named arguments, such as {} for none");
    }

    @Test
    void aTokenThatIsWrongIsToldApartFromNone() throws Exception {
        assertThat(ran("""
                class Caller(w.Handler):
                    def __init__(self, given): self.headers, self.token = given, 'abc'
                def refused(given):
                    try: print(Caller(given).require_token())
                    except w.Refusal as refusal: print(refusal.status, refusal)
                refused({})
                refused({'Authorization': 'Bearer abc'})
                refused({'Authorization': 'Token x'})
                refused({'Authorization': 'token abc'})""").lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("403 Missing auth token"),
                        line -> assertThat(line).startsWith("403 Missing auth token"),
                        line -> assertThat(line).isEqualTo("403 Invalid auth token"),
                        line -> assertThat(line).isEqualTo("None"));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
