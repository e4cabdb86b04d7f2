package dev.foretell.worker.training.trainer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouterCallsTest {
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

    private static RouterCalls to(ServerSocket server) {
        return new RouterCalls(List.of("http://127.0.0.1:" + server.getLocalPort()), "", Duration.ofMillis(300));
    }

    @Test
    void aResponseThatDoesNotEndIsNoResponseInTime() throws IOException {
        try (ServerSocket server = frozen()) {
            assertThatThrownBy(() -> to(server).get("/x", Duration.ofMillis(300)))
                    .isInstanceOf(HttpTimeoutException.class);
        }
    }

    @Test
    void aFileOfWhichNothingMoreComesIsNotThere(@TempDir Path folder) throws IOException {
        try (ServerSocket server = frozen()) {
            assertThatThrownBy(() -> to(server).fetch("/x", folder.resolve("file")))
                    .isInstanceOf(IOException.class);
        }
    }
}
