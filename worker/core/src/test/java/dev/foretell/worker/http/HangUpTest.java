package dev.foretell.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.worker.Http;
import dev.foretell.worker.LiveWorker;
import dev.foretell.worker.OnEveryTransport;
import dev.foretell.worker.Worker;
import dev.foretell.worker.execution.ExecutionConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@OnEveryTransport
class HangUpTest {
    /** A stream that never ends, and tells how far it was read and when it was closed. */
    static final class Endless extends InputStream {
        final AtomicLong read = new AtomicLong();
        final CompletableFuture<Boolean> closed = new CompletableFuture<>();

        @Override
        public int read() {
            return 'x';
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            read.addAndGet(length);
            return length;
        }

        @Override
        public void close() {
            closed.complete(true);
        }
    }

    private static volatile CountDownLatch started = new CountDownLatch(1);
    private static volatile CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    private static volatile Endless endless = new Endless();

    @RegisterExtension
    static final LiveWorker worker = LiveWorker.of(
            Worker.of("block", HangUpTest::block)
                    .and("quick", HangUpTest::quick)
                    .and("endless", HangUpTest::endless),
            config -> config.with(new ExecutionConfig(1, 0, Duration.ofMinutes(1), true)));

    static int block() throws InterruptedException {
        started.countDown();
        try {
            new CountDownLatch(1).await();
            return 0;
        } catch (InterruptedException e) {
            interrupted.complete(true);
            throw e;
        }
    }

    static int quick() {
        return 1;
    }

    static InputStream endless() {
        return endless;
    }

    @BeforeEach
    void forget() {
        started = new CountDownLatch(1);
        interrupted = new CompletableFuture<>();
        endless = new Endless();
    }

    @Test
    void interruptsACallWhoseClientHasGone() throws Exception {
        try (Socket client = open("block")) {
            started.await();
            assertThat(client.isConnected()).isTrue();
        }

        assertThat(interrupted.get(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void saysThatItIsBusyAndWhenToComeAgain() throws Exception {
        try (Socket client = open("block")) {
            started.await();
            var refused = Http.post(worker.url() + "/quick", "{}");

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).isEqualTo("""
                    {"error":"busy"}""");
            assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
            assertThat(client.isConnected()).isTrue();
        }
        interrupted.get(60, TimeUnit.SECONDS);
    }

    @Test
    void answersAtTheCallersDeadline() throws Exception {
        var late = Http.send(Http.request(worker.url() + "/block")
                .header("X-Request-Timeout-Ms", "50")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(late.statusCode()).isEqualTo(504);
        assertThat(late.body()).isEqualTo("""
                {"error":"the call took too long"}""");
        assertThat(interrupted.get(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void readsAStreamNoFasterThanTheClientAndClosesItAfterwards() throws Exception {
        Endless stream = endless;
        try (Socket client = open("endless")) {
            assertThat(client.getInputStream().readNBytes(100_000)).hasSize(100_000);
        }

        assertThat(stream.closed.get(60, TimeUnit.SECONDS)).isTrue();
        assertThat(stream.read.get()).isLessThan(64L * 1024 * 1024);
    }

    private static Socket open(String function) throws IOException {
        Socket socket = new Socket("127.0.0.1", worker.port());
        String request = "POST /" + function + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        return socket;
    }
}
