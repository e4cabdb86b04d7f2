package dev.foretell.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.worker.Functions;
import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.Worker;
import dev.foretell.worker.WorkerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A head that breaks HTTP is refused in the worker's own words; what HTTP wants of every server is served. */
class HttpEdgeTest {
    private static RunningWorker worker;

    @BeforeAll
    static void start() {
        worker = Worker.of("text", Functions::text)
                .configured(WorkerConfig.defaults()
                        .with(HttpConfig.defaults()
                                .at("127.0.0.1", 0)
                                .with(new HttpConfig.Bodies(100_000, Duration.ofSeconds(5)))))
                .start();
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    private static String answer(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), worker.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET / EVIL/1.1, Host: a, only HTTP/1.0 and HTTP/1.1",
        "GET / HTTP/1.1, Hosts: a, one Host",
        "GET / HTTP/1.1, Host : a, it is not HTTP/1.1",
    })
    void aHeadThatBreaksHttpIsRefusedInWords(String line, String header, String why) throws IOException {
        assertThat(answer(line + "\r\n" + header + "\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("{\"error\":\"the head of the request could not be read: ", why);
    }

    @ParameterizedTest
    @CsvSource({"GET, true", "HEAD, false"})
    void headIsWhereGetIsAndHasNoBody(String method, boolean hasBody) throws IOException {
        String answer = answer(method + " / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200 ");
        assertThat(answer.endsWith("\r\n\r\n")).isEqualTo(!hasBody);
    }
}
