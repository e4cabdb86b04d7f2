package dev.foretell.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.worker.Functions;
import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.Worker;
import dev.foretell.worker.WorkerConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BodyLimitTest {
    private static final int LIMIT = 1 << 20;
    private static RunningWorker worker;

    @BeforeAll
    static void start() {
        HttpConfig http =
                HttpConfig.defaults().at("127.0.0.1", 0).with(new HttpConfig.Bodies(LIMIT, Duration.ofSeconds(5)));
        worker = Worker.of("text", Functions::text)
                .configured(WorkerConfig.defaults().with(http))
                .start();
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    @Test
    void refusesADeclaredLengthBeforeItIsSent() throws IOException {
        String answer = talk("Content-Length: 2000000000", new byte[0]);

        assertThat(answer).startsWith("HTTP/1.1 413").contains("the body is larger than 1048576 bytes");
    }

    @Test
    void refusesAnEndlessBodyWhileItIsSent() throws IOException {
        String answer = talk("Transfer-Encoding: chunked", chunks(3 * LIMIT));

        assertThat(answer).startsWith("HTTP/1.1 413").contains("connection: close");
    }

    @Test
    void letsAClientThatSendsTooMuchReadTheAnswer() throws IOException {
        String answer = talk("Content-Length: " + 2 * LIMIT, new byte[2 * LIMIT]);

        assertThat(answer).startsWith("HTTP/1.1 413");
    }

    @Test
    void takesABodyOfJustTheLimit() throws IOException {
        byte[] body = """
                {"note":"%s"}""".formatted("x".repeat(LIMIT - 11)).getBytes(StandardCharsets.UTF_8);

        assertThat(body).hasSize(LIMIT);
        assertThat(talk("Connection: close\r\nContent-Length: " + LIMIT, body)).startsWith("HTTP/1.1 200");
    }

    @Test
    void welcomesABodyThatIsAskedFor() throws IOException {
        assertThat(talk("Connection: close\r\nExpect: 100-continue\r\nContent-Length: 12", """
                {"note":"a"}""".getBytes(
                                StandardCharsets.UTF_8)))
                .startsWith("HTTP/1.1 100 Continue")
                .contains("HTTP/1.1 200");
        assertThat(talk("Expect: 100-continue\r\nContent-Length: 2000000", new byte[0]))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void givesUpOnABodyThatDoesNotCome() throws IOException {
        assertThat(talk("Connection: close\r\nContent-Length: 100", "{\"no".getBytes(StandardCharsets.UTF_8)))
                .startsWith("HTTP/1.1 408")
                .contains("the body did not arrive in time");
    }

    private static byte[] chunks(int size) {
        String chunk = "10000\r\n" + "x".repeat(65_536) + "\r\n";
        return chunk.repeat(size / 65_536).getBytes(StandardCharsets.UTF_8);
    }

    /** Everything the worker says until it closes the connection. */
    private static String talk(String headers, byte[] body) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", worker.port())) {
            socket.setSoTimeout(60_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /text HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.write(body);
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
