package dev.foretell.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.foretell.worker.Http;
import dev.foretell.worker.LiveWorker;
import dev.foretell.worker.OnEveryTransport;
import dev.foretell.worker.Worker;
import dev.foretell.worker.WorkerConfig;
import dev.foretell.worker.execution.ExecutionConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Callers that begin streams and do not read them. */
@OnEveryTransport
@Timeout(120)
class UnreadStreamsTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String ITEM = "x".repeat(10_000);
    private static final int ENDLESS = Integer.MAX_VALUE;
    private static final int THREADS = 4;
    /** The last quarter of the threads is for functions that run nothing. */
    private static final int SHARE = 3;

    @RegisterExtension
    static final LiveWorker patient = worker(Duration.ofMinutes(5));

    @RegisterExtension
    static final LiveWorker strict = worker(Duration.ofSeconds(2));

    private final List<Socket> callers = new ArrayList<>();

    private static LiveWorker worker(Duration silence) {
        return LiveWorker.of(
                Worker.of("stream", UnreadStreamsTest::stream).and("other", UnreadStreamsTest::other),
                config -> configured(config, silence));
    }

    private static WorkerConfig configured(WorkerConfig config, Duration silence) {
        return config.with(new ExecutionConfig(THREADS, 100, Duration.ofMinutes(5), false, false, silence));
    }

    static Stream<String> stream(int items) {
        return Stream.generate(() -> ITEM).limit(items);
    }

    static int other() {
        return 7;
    }

    @AfterEach
    void hangUp() throws IOException {
        for (Socket caller : callers) {
            caller.close();
        }
    }

    private void begin(LiveWorker worker, int count) throws IOException {
        String body = "{\"items\":" + ENDLESS + "}";
        for (int i = 0; i < count; i++) {
            Socket caller = new Socket();
            callers.add(caller);
            caller.setReceiveBufferSize(2048);
            caller.connect(new InetSocketAddress("127.0.0.1", worker.port()));
            caller.getOutputStream()
                    .write(("POST /stream HTTP/1.1\r\nHost: w\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(caller.getInputStream().read())
                    .as("its stream has begun")
                    .isEqualTo('H');
        }
    }

    private static HttpResponse<String> call(LiveWorker worker) {
        return Http.post(worker.url() + "/stream", "{\"items\":1}");
    }

    @Test
    void whereTheyHoldAllThreadsOthersAreToldThatTheWorkerIsBusy() throws Exception {
        begin(patient, SHARE);

        CompletableFuture<HttpResponse<String>> waiting = CompletableFuture.supplyAsync(() -> call(patient));

        for (HttpResponse<String> refused : List.of(waiting.get(60, TimeUnit.SECONDS), call(patient))) {
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
            assertThat(refused.body())
                    .isEqualTo(
                            "{\"error\":\"busy: callers that do not read their streams hold the threads that 'stream' may have\"}");
        }
        assertThat(Http.post(patient.url() + "/other", "{}").body()).isEqualTo("7");
        assertThat(Http.get(patient.url() + "/").statusCode()).as("it is well").isEqualTo(200);

        hangUp();
        await().atMost(LONG).until(() -> call(patient).statusCode() == 200);
    }

    @Test
    void onceTheyReadTheThreadIsThereAgain() throws Exception {
        begin(patient, SHARE);
        await().atMost(LONG).until(() -> call(patient).statusCode() == 503);

        CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> readOn(callers.get(0)));

        await().atMost(LONG).until(() -> !isBusy(patient));
        hangUp();
        reading.get(60, TimeUnit.SECONDS);
    }

    private static void readOn(Socket caller) {
        try {
            caller.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException closed) {
            // that was it
        }
    }

    /** A call that is let in has no thread until one of the streams ends: its caller does not wait for that. */
    private static boolean isBusy(LiveWorker worker) throws IOException {
        String body = "{\"items\":1}";
        try (Socket caller = new Socket("127.0.0.1", worker.port())) {
            caller.setSoTimeout(200);
            caller.getOutputStream()
                    .write(("POST /stream HTTP/1.1\r\nHost: w\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            return caller.getInputStream().read() >= 0;
        } catch (SocketTimeoutException waits) {
            return false;
        }
    }

    @Test
    void aStreamWhoseReaderTakesNothingEndsAndItsThreadIsFree() throws Exception {
        begin(strict, SHARE);

        await().atMost(LONG).until(() -> call(strict).statusCode() == 200);
    }
}
