package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.LiveRouter.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Callers that connect, send a call or half of one, and close or reset, as many as there may be, beside others that wait. */
@OnEveryTransport
class HangUpsTest {
    private static final int HANG_UPS = 4_000;
    private static final int CALLERS = 8;
    private static final byte[] CALL = """
            POST /v1/AI_model/predict HTTP/1.1\r\nHost: r\r\nContent-Length: 32\r\n\r\n{"modelId":"fib","data":{\
            "n":2}}""".getBytes(StandardCharsets.ISO_8859_1);

    @RegisterExtension
    static final LiveRouter router = LiveRouter.with();

    private final AtomicInteger left = new AtomicInteger(HANG_UPS);

    @Test
    void whoWaitsIsAnsweredBesideThoseWhoHangUp() throws InterruptedException {
        FakeWorker worker = router.worker(Mischief.none(true));
        router.serve(worker);
        router.awaitState(worker, "READY");

        Thread[] others =
                Stream.generate(() -> new Thread(this::hangUp)).limit(CALLERS).toArray(Thread[]::new);
        Stream.of(others).forEach(Thread::start);
        while (left.get() > 0) {
            assertAnswered(router.predict());
        }
        for (Thread other : others) {
            other.join();
        }

        router.awaitIdle();
        assertAnswered(router.predict());
        assertThat(router.get("/metrics").body())
                .doesNotContain("outcome=\"busy\",version=\"\",worker=\"" + worker.id());
    }

    private static void assertAnswered(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private void hangUp() {
        for (int number = left.getAndDecrement(); number > 0; number = left.getAndDecrement()) {
            try (Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), router.port())) {
                socket.getOutputStream().write(number % 4 == 3 ? Arrays.copyOf(CALL, CALL.length / 2) : CALL);
                socket.setSoLinger(number % 2 == 1, 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
