package dev.foretell.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.foretell.client.failure.CallTimeoutException;
import dev.foretell.client.failure.ProblemException;
import dev.foretell.client.failure.ProblemKind;
import dev.foretell.client.failure.RouterUnreachableException;
import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.Worker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which calls are sent again, when, and where: with real routers, and a listener that breaks connections. */
class RetryTest {
    private static final PredictCall TEXT = PredictCall.of("text", Map.of("n", 2));
    private static final PredictCall WAITING = PredictCall.of("waiting", Map.of("n", 2));

    private static LiveRouter router;
    private static RunningWorker worker;

    private @Nullable CompletableFuture<?> held;

    @BeforeAll
    static void start() {
        router = LiveRouter.start("admission.models.AI/waiting", "1", "admission.queue", "0");
        worker = router.serve(Worker.of("text", Functions::text).and("waiting", Functions::waiting), "AI");
    }

    @AfterEach
    void release() {
        Functions.gate.countDown();
        if (held != null) {
            held.join();
        }
    }

    @AfterAll
    static void stop() {
        worker.close();
        router.close();
    }

    /** A port that nobody listens on. */
    private static String nobody() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + free.getLocalPort();
        }
    }

    private static ForetellClient client(String... routers) {
        return ForetellClient.builder().routers(List.of(routers)).build();
    }

    @Test
    void theNextRouterIsAskedIfOneRefuses() throws IOException {
        ForetellClient client = client(nobody(), nobody(), router.url());

        for (int call = 0; call < 10; call++) {
            assertThat(client.predict(TEXT, String.class).value()).isEqualTo("xx");
        }
    }

    @Test
    void theNextRouterIsAskedIfOneStops() {
        LiveRouter stopping = LiveRouter.start();
        ForetellClient client = client(stopping.url(), router.url());
        stopping.close();

        for (int call = 0; call < 4; call++) {
            assertThat(client.predict(TEXT.once(), String.class).value()).isEqualTo("xx");
        }
    }

    @Test
    void noRouterIsAFailureWithItsUrl() throws IOException {
        String url = nobody();

        assertThatExceptionOfType(RouterUnreachableException.class)
                .isThrownBy(() -> client(url).predict(TEXT, String.class))
                .withMessage("nothing answers at " + url)
                .satisfies(failure -> assertThat(failure.requestId()).hasSize(16));
    }

    @Test
    void aCallThatIsTurnedAwayComesAgainWhenTheRouterSays() {
        ForetellClient client = client(router.url());
        CompletableFuture<Prediction<Integer>> first = holdThePlace(client);
        long began = System.nanoTime();

        CompletableFuture<Prediction<Integer>> second = client.predictAsync(WAITING.once(), Integer.class);
        await().pollDelay(Duration.ofMillis(300)).until(() -> !second.isDone());
        Functions.gate.countDown();

        assertThat(second.join().value()).isEqualTo(2);
        assertThat(first.join().value()).isEqualTo(2);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(1));
    }

    /** One call takes the only place of its model. */
    private CompletableFuture<Prediction<Integer>> holdThePlace(ForetellClient client) {
        Functions.gate = new CountDownLatch(1);
        int begun = Functions.begun.get();
        CompletableFuture<Prediction<Integer>> first = client.predictAsync(WAITING, Integer.class);
        held = first;
        await().until(() -> Functions.begun.get() > begun);
        return first;
    }

    @Test
    void retriesAreBoundedInNumberAndTime() {
        ForetellClient once =
                ForetellClient.builder().router(router.url()).attempts(1).build();
        holdThePlace(once);
        long began = System.nanoTime();

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> once.predict(WAITING, Integer.class))
                .satisfies(failure -> {
                    assertThat(failure.status()).isEqualTo(429);
                    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(1));
                    assertThat(failure.isRetryable()).isTrue();
                });
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> client(router.url()).predict(WAITING.within(Duration.ofMillis(900)), Integer.class));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(900));
    }

    @Test
    void aBrokenConnectionIsTriedAgainUnlessTheCallIsForOnce() throws Exception {
        try (Breaking broken = new Breaking()) {
            ForetellClient client = client(broken.url());

            assertThatExceptionOfType(RouterUnreachableException.class)
                    .isThrownBy(() -> client.predict(TEXT.once(), String.class))
                    .withMessage("the connection to " + broken.url() + " broke before the response was there");
            assertThat(broken.connections.get()).isEqualTo(1);
            assertThatExceptionOfType(RouterUnreachableException.class)
                    .isThrownBy(() -> client.predict(TEXT, String.class));
            assertThat(broken.connections.get()).isEqualTo(4);
            assertThat(client(broken.url(), router.url())
                            .predict(TEXT, String.class)
                            .value())
                    .isEqualTo("xx");
        }
    }

    @Test
    void aClientWhoseCallsAllFailRetriesFewOfThem() throws Exception {
        try (Breaking broken = new Breaking()) {
            ForetellClient client = client(broken.url());

            for (int call = 0; call < 12; call++) {
                assertThatExceptionOfType(RouterUnreachableException.class)
                        .isThrownBy(() -> client.predict(TEXT.within(Duration.ofSeconds(5)), String.class));
            }

            assertThat(broken.connections.get()).isEqualTo(12 + 10);
        }
    }

    @Test
    void aRouterThatNeverAnswersIsGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            ForetellClient client = client("http://127.0.0.1:" + silent.getLocalPort());

            assertThatExceptionOfType(CallTimeoutException.class)
                    .isThrownBy(() -> client.predict(TEXT.within(Duration.ofMillis(100)), String.class))
                    .withMessage("no response within 100 ms (attempt 1)");
        }
    }

    @Test
    void theTokenIsReadAgainWhenItsFileHasChanged(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "wrong\n");
        LiveRouter guarded = LiveRouter.start("http.token", "sesame-open");
        try {
            ForetellClient client = ForetellClient.builder()
                    .router(guarded.url())
                    .tokenFile(file)
                    .build();

            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> client.catalog().registered())
                    .satisfies(failure -> {
                        assertThat(failure.kind()).isIn(ProblemKind.UNAUTHENTICATED, ProblemKind.FORBIDDEN);
                        assertThat(failure).message().doesNotContain("wrong\n", "sesame");
                    });
            Files.writeString(file, "sesame-open\n");
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
            assertThat(client.catalog().registered()).isEmpty();
        } finally {
            guarded.close();
        }
    }

    /** Accepts connections, reads of the request what is there, and closes them. */
    private static final class Breaking implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final AtomicInteger connections = new AtomicInteger();

        private Breaking() throws IOException {
            Thread breaking = new Thread(this::run, "breaking");
            breaking.setDaemon(true);
            breaking.start();
        }

        private void run() {
            try {
                while (true) {
                    try (Socket connection = listener.accept()) {
                        connections.incrementAndGet();
                        connection.getInputStream().read(new byte[10_000]);
                    }
                }
            } catch (IOException e) {
                assertThat(listener.isClosed()).isTrue();
            }
        }

        private String url() {
            return "http://127.0.0.1:" + listener.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
