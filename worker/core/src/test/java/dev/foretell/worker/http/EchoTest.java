package dev.foretell.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.worker.LiveWorker;
import dev.foretell.worker.Worker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the worker answers, it repeats the token of the request. */
class EchoTest {
    @RegisterExtension
    static final LiveWorker worker = LiveWorker.of(Worker.of("one", EchoTest::one)
            .and("fails", EchoTest::fails)
            .and("bytes", EchoTest::bytes)
            .and("items", EchoTest::items));

    static int one() {
        return 1;
    }

    static int fails() {
        throw new IllegalStateException("on purpose");
    }

    static InputStream bytes() {
        return new ByteArrayInputStream(new byte[] {'x'});
    }

    static Stream<Integer> items() {
        return Stream.of(1, 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST /one HTTP/1.1   |                                       | {}   | 200",
                "POST /one HTTP/1.1   | X-Foretell-Batch: 1                   | [{}] | 422",
                "POST /bytes HTTP/1.1 |                                       | {}   | 200",
                "POST /items HTTP/1.1 |                                       | {}   | 200",
                "GET / HTTP/1.1       |                                       |      | 200",
                "POST /fails HTTP/1.1 |                                       | {}   | 500",
                "POST /one HTTP/1.1   |                                       | {    | 400",
                "POST /zzz HTTP/1.1   |                                       | {}   | 404",
                "GET /one HTTP/1.1    |                                       |      | 405",
                "POST /one HTTP/1.1   | Content-Length: 9999999999            |      | 413",
            })
    void everyAnswerEchoes(String line, String header, String body, int status) throws IOException {
        String sent = body == null ? "" : body;
        String length = header != null && header.startsWith("Content-Length") ? "" : "Content-Length: " + sent.length();
        String answer = exchange(line + "\r\nHost: w\r\nConnection: close\r\nX-Echo: a1-_B2\r\n"
                + (header == null ? "" : header + "\r\n")
                + (length.isEmpty() ? "" : length + "\r\n") + "\r\n" + sent);

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertThat(answer.toLowerCase(Locale.ROOT)).contains("\r\nx-echo: a1-_b2\r\n");
    }

    private static String exchange(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", worker.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
