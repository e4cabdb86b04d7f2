package dev.foretell.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that together are longer than the heap. */
class HeldBodiesTest {
    private static final int BYTES = 9 * 1024 * 1024;
    private static final int FIT_A_QUARTER_OF_THE_HEAP = 3;

    @TempDir
    private Path folder = Path.of("");

    private static Socket half(int port) throws IOException {
        return half(port, "/v1/AI_model/predict", BYTES);
    }

    private static Socket half(int port, String path, int bytes) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(60_000);
        socket.getOutputStream()
                .write(("POST " + path + " HTTP/1.1\r\nHost: r\r\nX-Request-Timeout-Ms: 60000\r\nContent-Length: "
                                + bytes + "\r\nExpect: 100-continue\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String line(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = socket.getInputStream().read();
                b >= 0 && b != '\n';
                b = socket.getInputStream().read()) {
            line.append((char) b);
        }
        return line.toString().strip();
    }

    @Test
    void areRefusedBeforeTheyAreRead() throws IOException {
        List<Socket> held = new ArrayList<>();
        try (Child router = Child.foretell("router", "--port", "0", "--data", folder.toString())) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> Http.get(router.url() + "/readyz").status() == 200);
            for (int i = 0; i < FIT_A_QUARTER_OF_THE_HEAP; i++) {
                held.add(half(router.port()));
                assertThat(line(held.get(i))).isEqualTo("HTTP/1.1 100 Continue");
            }
            try (Socket more = half(router.port())) {
                assertThat(line(more)).isEqualTo("HTTP/1.1 100 Continue");
                line(more);
                assertThat(line(more)).startsWith("HTTP/1.1 429 ");
            }

            for (Socket socket : held) {
                socket.close();
            }
            assertThat(Http.get(router.url() + "/livez").status()).isEqualTo(200);
        }
    }

    @Test
    void aLongestBodyThatMemoryCannotHoldIsLoweredAtTheStart() throws IOException {
        try (Child router = Child.foretell(
                "router",
                "--port",
                "0",
                "--data",
                folder.toString(),
                "--set",
                "http.max-body-bytes=" + FIT_A_QUARTER_OF_THE_HEAP * 2 * BYTES)) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> Http.get(router.url() + "/readyz").status() == 200);
            try (Socket tooLong = half(router.port(), "/v1/AI_model/predict", FIT_A_QUARTER_OF_THE_HEAP * 2 * BYTES)) {
                assertThat(line(tooLong)).startsWith("HTTP/1.1 413 ");
            }
            assertThat(router.output()).contains("http.max-body-bytes is 56623104, lowered to ");
        }
    }

    @Test
    void areRefusedByAWorkerToo() throws IOException {
        List<Socket> held = new ArrayList<>();
        try (Child worker = Child.foretell("worker", Echo.class.getName() + "::predict", "-b", "127.0.0.1:0")) {
            for (int i = 0; i < FIT_A_QUARTER_OF_THE_HEAP; i++) {
                held.add(half(worker.port(), "/predict", BYTES));
                assertThat(line(held.get(i))).isEqualTo("HTTP/1.1 100 Continue");
            }
            try (Socket more = half(worker.port(), "/predict", BYTES)) {
                assertThat(line(more)).startsWith("HTTP/1.1 503 ");
            }

            for (Socket socket : held) {
                socket.close();
            }
            assertThat(Http.get(worker.url() + "/").status()).isEqualTo(200);
        }
    }
}
