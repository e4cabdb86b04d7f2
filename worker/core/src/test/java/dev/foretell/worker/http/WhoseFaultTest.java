package dev.foretell.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.worker.Http;
import dev.foretell.worker.LiveWorker;
import dev.foretell.worker.Worker;
import dev.foretell.worker.function.Answer;
import dev.foretell.worker.function.Batch;
import dev.foretell.worker.function.InvalidInputException;
import dev.foretell.worker.function.Refuses;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An error says whose it is: the caller's, the function's, or the worker's own. */
class WhoseFaultTest {
    @RegisterExtension
    static final LiveWorker worker = LiveWorker.of(Worker.of("age", WhoseFaultTest::age)
            .and("customer", WhoseFaultTest::customer)
            .and("day", WhoseFaultTest::day)
            .and("later", WhoseFaultTest::later)
            .and("days", WhoseFaultTest::days)
            .and("many", WhoseFaultTest::many)
            .and("countdown", WhoseFaultTest::countdown)
            .and("file", WhoseFaultTest::file)
            .and("gone", () -> Answer.of(404, "gone"))
            .refusing(409, NoSuchElementException.class, FileNotFoundException.class)
            .refusing(410, DateTimeParseException.class));

    static int age(int years) {
        if (years > 150) {
            throw new InvalidInputException("nobody is that old");
        }
        return 100 / years;
    }

    static String customer(String name) {
        throw new InvalidInputException(404, "no customer is called '" + name + "'");
    }

    @Refuses(DateTimeParseException.class)
    @Refuses(value = IllegalStateException.class, status = 400)
    static int day(String date) {
        if (date.isEmpty()) {
            throw new IllegalStateException();
        }
        return LocalDate.parse(date).getDayOfYear();
    }

    static CompletionStage<Integer> later(int n) {
        return CompletableFuture.supplyAsync(() -> {
            throw new NoSuchElementException("nothing is there at " + n);
        });
    }

    @Batch
    @Refuses(DateTimeParseException.class)
    static List<Integer> days(List<String> date) {
        return date.stream().map(one -> LocalDate.parse(one).getDayOfYear()).toList();
    }

    static Stream<Integer> many(int n) {
        return Stream.iterate(n, one -> one - 1)
                .map(one -> age(one == 0 ? 151 : one))
                .limit(3);
    }

    static Stream<Integer> countdown(int n) {
        return Stream.iterate(n, one -> one - 1).map(WhoseFaultTest::age).limit(3);
    }

    static String file(String name) throws IOException {
        throw name.isEmpty() ? new IOException("the disk is gone") : new FileNotFoundException(name);
    }

    private static HttpResponse<String> call(String function, String body) {
        return Http.post(worker.url() + "/" + function, body);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            age      | {"years":200}   | 422 | nobody is that old
            customer | {"name":"Ada"}  | 404 | no customer is called 'Ada'
            day      | {"date":"then"} | 422 | Text 'then' could not be parsed at index 0
            day      | {"date":""}     | 400 | the function refuses its input
            later    | {"n":3}         | 409 | nothing is there at 3
            days     | {"date":"then"} | 422 | Text 'then' could not be parsed at index 0
            many     | {"n":0}         | 422 | nobody is that old
            file     | {"name":"x"}    | 409 | x
            age      | {"years":0}     | 500 | ArithmeticException: / by zero
            file     | {"name":""}     | 500 | IOException: the disk is gone
            """)
    void whatAFunctionThrowsIsItsOwnWord(String function, String body, int status, String error) {
        HttpResponse<String> answer = call(function, body);

        assertThat(answer.body()).isEqualTo("""
                {"error":"%s"}""".formatted(error));
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("X-Foretell-Error-Of")).hasValue("function");
    }

    @Test
    void aStatusThatAFunctionChoosesIsItsOwnWordToo() {
        HttpResponse<String> answer = call("gone", "{}");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("X-Foretell-Error-Of")).hasValue("function");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nobody | {}            | 404
            age    | {"years":"x"} | 422
            age    | {             | 400
            age    | {"years":5}   | 200
            """)
    void whatTheWorkerSaysIsNotMarked(String function, String body, int status) {
        HttpResponse<String> answer = call(function, body);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("X-Foretell-Error-Of")).isEmpty();
    }

    @Test
    void inABatchARefusalIsItsOwnCallsAnswer() {
        HttpResponse<String> answer = Http.send(Http.request(worker.url() + "/days")
                .header("X-Foretell-Batch", "2")
                .POST(BodyPublishers.ofString("""
                        [{"date":"2024-01-03"},{"date":"then"}]""")));

        assertThat(answer.body()).isEqualTo("""
                [{"status":200,"body":3},{"status":422,"body":\
                {"error":"Text 'then' could not be parsed at index 0"}}]""");
    }

    @Test
    void inMidStreamARefusalIsTheLastItem() throws IOException {
        assertThat(rawPost("/many", """
                {"n":2}""")).contains("50\n", "100\n", """
                        {"error":"nobody is that old"}
                        """).doesNotContain("\r\n0\r\n");
    }

    @ParameterizedTest
    @CsvSource({"many, 2, input", "countdown, 2, function"})
    void inMidStreamATrailerSaysWhoseItIsToThoseWhoAskForTrailers(String function, int n, String whose)
            throws IOException {
        assertThat(rawPost("/" + function, """
                {"n":%s}""".formatted(n), "Connection: TE", "TE: trailers"))
                .contains("\r\nTrailer: X-Foretell-Error-Of\r\n", "50\n", "100\n", "{\"error\":")
                .contains("\r\n0\r\nX-Foretell-Error-Of: " + whose + "\r\n\r\nHTTP/1.1 200");
    }

    @Test
    void aStreamThatIsWholeHasNothingInItsTrailer() throws IOException {
        assertThat(rawPost("/many", """
                {"n":5}""", "Connection: TE", "TE: trailers"))
                .contains("\r\nTrailer: X-Foretell-Error-Of\r\n", "\r\n0\r\n\r\nHTTP/1.1 200");
    }

    /** All that comes until the worker closes; where there are headers, a second request on the same connection asks for that. */
    private static String rawPost(String path, String body, String... headers) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", worker.port())) {
            socket.setSoTimeout(60_000);
            String more = Stream.of(headers).map(header -> header + "\r\n").collect(Collectors.joining());
            String head = "POST " + path + " HTTP/1.1\r\nHost: w\r\n" + more + "Content-Length: " + body.length()
                    + "\r\n\r\n";
            String next = headers.length == 0 ? "" : "GET / HTTP/1.1\r\nHost: w\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write((head + body + next).getBytes(StandardCharsets.US_ASCII));
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            try {
                socket.getInputStream().transferTo(read);
            } catch (SocketException reset) {
                // that is how the worker says that the stream is not whole
            }
            return read.toString(StandardCharsets.US_ASCII);
        }
    }
}
