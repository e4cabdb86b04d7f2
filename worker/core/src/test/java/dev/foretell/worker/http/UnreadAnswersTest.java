package dev.foretell.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.worker.Http;
import dev.foretell.worker.LiveWorker;
import dev.foretell.worker.OnEveryTransport;
import dev.foretell.worker.Worker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Callers of a worker that send calls and leave the answers where they are. */
@OnEveryTransport
class UnreadAnswersTest {
    private static final int ANSWER_BYTES = 100_000;
    private static final int SOCKETS_HOLD_BYTES = 32 * 1024 * 1024;
    private static final AtomicInteger CALLS = new AtomicInteger();

    @RegisterExtension
    static final LiveWorker worker = LiveWorker.of(
            Worker.of("big", UnreadAnswersTest::big).and("slow", UnreadAnswersTest::slow),
            config -> config.with(config.http().withIdleTimeout(Duration.ofSeconds(3))));

    static String big() {
        CALLS.incrementAndGet();
        return "x".repeat(ANSWER_BYTES);
    }

    static int slow() throws InterruptedException {
        Thread.sleep(4000);
        return 7;
    }

    @Test
    @Timeout(60)
    void stopFurtherCallsAndEndTheConnection() throws IOException {
        CALLS.set(0);
        try (Socket client = new Socket()) {
            client.setReceiveBufferSize(2048);
            client.connect(new InetSocketAddress("127.0.0.1", worker.port()));

            sayUntilClosed(client, "POST /big HTTP/1.1\r\nHost: w\r\nContent-Length: 2\r\n\r\n{}");
        }

        assertThat(CALLS.get()).isBetween(1, SOCKETS_HOLD_BYTES / ANSWER_BYTES);
        assertThat(Http.post(worker.url() + "/big", "{}").statusCode()).isEqualTo(200);
    }

    private static void sayUntilClosed(Socket client, String text) {
        byte[] request = text.getBytes(StandardCharsets.US_ASCII);
        try {
            while (true) {
                client.getOutputStream().write(request);
            }
        } catch (IOException closed) {
            // that was it
        }
    }

    @Test
    void aCallThatTakesLongerThanAConnectionMayBeSilentIsAnswered() {
        assertThat(Http.post(worker.url() + "/slow", "{}").body()).isEqualTo("7");
    }
}
