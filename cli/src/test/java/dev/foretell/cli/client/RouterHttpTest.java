package dev.foretell.cli.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.cli.terminal.CommandFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RouterHttpTest {
    /** It answers with a head and the first bytes of a body, and then nothing. */
    private static ServerSocket frozen() throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread answers = new Thread(() -> {
            List<Socket> open = new ArrayList<>();
            try {
                while (true) {
                    Socket caller = server.accept();
                    open.add(caller);
                    caller.getOutputStream()
                            .write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"a"
                                    .getBytes(StandardCharsets.US_ASCII));
                }
            } catch (IOException e) {
                open.clear(); // the test is over
            }
        });
        answers.setDaemon(true);
        answers.start();
        return server;
    }

    @Test
    void aBodyThatDoesNotEndIsNoAnswerInTime() throws IOException {
        try (ServerSocket server = frozen()) {
            RouterHttp router = new RouterHttp("http://127.0.0.1:" + server.getLocalPort());

            assertThatThrownBy(() -> router.send("GET", "/livez", null, Map.of(), Duration.ofMillis(300)))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessage("no answer from " + router.url() + " in time");
        }
    }
}
