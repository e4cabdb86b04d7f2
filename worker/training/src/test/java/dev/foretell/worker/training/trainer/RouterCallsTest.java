package dev.foretell.worker.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouterCallsTest {
    private static final byte[] TWO = "xy".getBytes(StandardCharsets.US_ASCII);
    private static final Claim.Data TWO_BYTES = new Claim.Data(PlayedRouter.digest(TWO), TWO.length);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: ";

    /** It answers with these words, and then nothing. */
    private static ServerSocket frozen() throws IOException {
        return liar(OK + "100\r\n\r\n{\"a", "");
    }

    /** It answers with some words, then with others for as long as its caller is there. */
    private static ServerSocket liar(String first, String then) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(() -> {
            List<Socket> open = new ArrayList<>();
            try {
                while (true) {
                    Socket caller = server.accept();
                    open.add(caller);
                    start(() -> lie(caller, first, then));
                }
            } catch (IOException e) {
                open.clear(); // the test is over
            }
        });
        return server;
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "liar");
        thread.setDaemon(true);
        thread.start();
    }

    private static void lie(Socket caller, String first, String then) {
        try {
            OutputStream out = caller.getOutputStream();
            out.write(first.getBytes(StandardCharsets.US_ASCII));
            while (!then.isEmpty()) {
                out.write(then.getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException gone) {
            // The caller has had enough.
        }
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
            assertThatThrownBy(() -> to(server).fetch(TWO_BYTES, folder.resolve("file")))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void anEndlessResponseIsCutOff() throws IOException {
        try (ServerSocket server = liar("HTTP/1.1 200 OK\r\n\r\n{\"a\":\"", "x".repeat(1 << 16))) {
            assertThatThrownBy(() -> to(server).get("/x", Duration.ofMinutes(1)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the response has more than 67108864 bytes");
        }
    }

    @Test
    void anEndlessProblemInPlaceOfAFileIsCutOff(@TempDir Path folder) throws Exception {
        try (ServerSocket server = liar("HTTP/1.1 500 Oh\r\n\r\n{\"a\":\"", "x".repeat(1 << 16))) {
            assertThat(to(server).fetch(TWO_BYTES, folder.resolve("file")).status())
                    .isEqualTo(500);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1\r\n\r\nx", "2\r\n\r\nxx", "3\r\n\r\nxyz", "0\r\n\r\n"})
    void anotherFileThanTheTasksIsRefusedInASentence(String answer, @TempDir Path folder) throws Exception {
        try (ServerSocket server = liar(OK + answer, "")) {
            RouterCalls.Reply reply = to(server).fetch(TWO_BYTES, folder.resolve("file"));

            assertThat(reply.isOk()).isFalse();
            assertThat(reply.detail()).startsWith("the router sent another file than the task's, whose digest is ");
        }
    }

    @Test
    void anEndlessFileFillsNoDisk(@TempDir Path folder) throws Exception {
        try (ServerSocket server = liar("HTTP/1.1 200 OK\r\n\r\n", "x".repeat(1 << 16))) {
            assertThat(to(server).fetch(TWO_BYTES, folder.resolve("file")).isOk())
                    .isFalse();
        }

        assertThat(Files.size(folder.resolve("file"))).isLessThan(1 << 20);
    }

    @Test
    void theTasksFileIsKept(@TempDir Path folder) throws Exception {
        try (ServerSocket server = liar(OK + "2\r\n\r\nxy", "")) {
            assertThat(to(server).fetch(TWO_BYTES, folder.resolve("file")).isOk())
                    .isTrue();
        }

        assertThat(folder.resolve("file")).hasBinaryContent(TWO);
    }
}
