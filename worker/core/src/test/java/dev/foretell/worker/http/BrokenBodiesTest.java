package dev.foretell.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.worker.Functions;
import dev.foretell.worker.LiveWorker;
import dev.foretell.worker.OnEveryTransport;
import dev.foretell.worker.Worker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As at routers: an invalid body is refused at once, with a sentence that says why. */
@OnEveryTransport
class BrokenBodiesTest {
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";

    @RegisterExtension
    static final LiveWorker worker = LiveWorker.of(Worker.of("fib", Functions::predict));

    private static String ask(String rest, boolean endsOutput) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", worker.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write(("POST /fib HTTP/1.1\r\nHost: w\r\n" + rest).getBytes(StandardCharsets.US_ASCII));
            if (endsOutput) {
                socket.shutdownOutput();
            }
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            try {
                socket.getInputStream().transferTo(read);
            } catch (SocketException reset) {
                // what was sent behind the fault is not read
            }
            return read.toString(StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n{}\r\n0\r\n\r\n", "2\n{}\n0\n\n", "2\r\n{}XX0\r\n\r\n"})
    void chunksThatAreNone(String chunks) throws IOException {
        assertThat(ask(CHUNKED + chunks, false)).startsWith("HTTP/1.1 400 ").endsWith("""
                        {"error":"the chunks of the body are not valid HTTP"}""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100\r\n\r\n{\"n", CHUNKED + "5\r\n{\"n"})
    void aBodyThatBreaksOff(String rest) throws IOException {
        assertThat(ask(rest, true)).startsWith("HTTP/1.1 400 ").endsWith("""
                {"error":"the body breaks off"}""");
    }

    @Test
    void aFormThatBreaksOff() throws IOException {
        assertThat(ask("Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 100\r\n\r\n--x\r\n", true))
                .startsWith("HTTP/1.1 400 ")
                .contains("the body breaks off");
    }
}
