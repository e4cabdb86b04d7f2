package dev.foretell.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.wire.Headers;
import dev.foretell.worker.Http;
import dev.foretell.worker.KeptConnection;
import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.Worker;
import dev.foretell.worker.WorkerConfig;
import dev.foretell.worker.execution.ExecutionConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Functions that do not end, real threads, over HTTP. */
class EndlessFunctionTest {
    private static final int MANY = 10;
    private static volatile boolean ends;

    /** Does not let itself be interrupted. */
    static int endless(int n) {
        while (n > 0 && !ends) {
            Thread.interrupted();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        return n;
    }

    /** Says where it ran. */
    static String place(int n) {
        endless(n);
        return Thread.currentThread().getName();
    }

    /** Waits rather than computes. */
    static int patient() throws InterruptedException {
        while (!ends) {
            new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS);
        }
        return 0;
    }

    static int quick() {
        return 1;
    }

    @BeforeEach
    void begin() {
        ends = false;
    }

    /** Before its worker is closed, too: that waits for what runs. */
    @AfterEach
    void end() {
        ends = true;
    }

    @Test
    void leaveSomeThreadsToOthersWhileTheyRun() {
        try (RunningWorker worker = started(worker().and("patient", EndlessFunctionTest::patient), 2)) {
            var waiting = Stream.generate(() -> post(worker, "patient", "{}", 60_000))
                    .limit(MANY)
                    .toList();

            assertThat(Http.post(worker.url() + "/quick", "{}").statusCode()).isEqualTo(200);
            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            end();
        }
    }

    @Test
    void giveTheirThreadsPlaceToOthers() {
        Worker alone = Worker.of("endless", EndlessFunctionTest::endless);
        try (RunningWorker worker = started(alone, 2)) {
            Stream.generate(() -> post(worker, "endless", "{\"n\":1}", 50))
                    .limit(2)
                    .toList()
                    .forEach(late -> assertThat(late.join().statusCode()).isEqualTo(504));

            var next = Http.post(worker.url() + "/endless", "{\"n\":0}");

            assertThat(next.statusCode()).isEqualTo(200);
            assertThat(Http.get(worker.url() + "/").statusCode()).isEqualTo(200);
            end();
        }
    }

    @Test
    void areRefusedOnceTheyHoldAllThreadsTheyMayHaveAndOthersGoOn() {
        try (RunningWorker worker = started(worker().and("endless", EndlessFunctionTest::endless), 2)) {
            HttpResponse<String> last = untilStatus(
                    503, () -> post(worker, "endless", "{\"n\":1}", 50).join());

            assertThat(last.body()).contains("calls of 'endless' that do not end have taken all threads");
            assertThat(last.headers().firstValue("Retry-After")).isPresent();
            assertThat(Http.post(worker.url() + "/quick", "{}").statusCode()).isEqualTo(200);
            assertThat(Http.get(worker.url() + "/").statusCode()).isEqualTo(200);
            end();
        }
    }

    @Test
    void areSeenByProbesOnceTheyHoldAllThreads() {
        Worker alone = Worker.of("endless", EndlessFunctionTest::endless);
        try (RunningWorker worker = started(alone, 1)) {
            untilStatus(503, () -> post(worker, "endless", "{\"n\":1}", 50).join());

            HttpResponse<String> index = Http.get(worker.url() + "/");
            ends = true;
            HttpResponse<String> after = untilStatus(200, () -> Http.get(worker.url() + "/"));

            assertThat(index.statusCode()).isEqualTo(503);
            assertThat(index.body())
                    .contains("all threads of this worker (1) are in calls that do not end: restart it");
            assertThat(after.body()).contains("endless");
            assertThat(Http.post(worker.url() + "/endless", "{\"n\":0}").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void areSeenByProbesWhenTheyHoldUpAnEventLoop() {
        ExecutionConfig inline = new ExecutionConfig(2, 100, Duration.ofMinutes(1), false, true);
        try (RunningWorker worker = started(Worker.of("place", EndlessFunctionTest::place), inline)) {
            prove(worker);
            var late = post(worker, "place", "{\"n\":1}", 50);

            HttpResponse<String> index = untilStatus(503, () -> probe(worker));
            ends = true;

            assertThat(index.body()).contains("call r-1 of 'place' does not end and blocks an event loop");
            assertThat(late.join().statusCode()).isEqualTo(504);
            untilStatus(200, () -> probe(worker));
        }
    }

    /** Calls until a call runs on the event loop; a busy machine may make some of them slow. */
    private static void prove(RunningWorker worker) {
        try (KeptConnection caller = KeptConnection.to(worker.port())) {
            for (int i = 0; i < 100_000; i++) {
                if (caller.post("/place", "{\"n\":0}").contains("eventloop")) {
                    return;
                }
            }
        }
        throw new AssertionError("never ran on the event loop");
    }

    /** Over a connection of its own: that may be one of another event loop than the last. */
    private static @Nullable HttpResponse<String> probe(RunningWorker worker) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(worker.url() + "/"))
                                    .timeout(Duration.ofSeconds(1))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        } catch (IOException late) {
            return null;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Call {
        @Nullable
        HttpResponse<String> send();
    }

    private static HttpResponse<String> untilStatus(int status, Call call) {
        for (long end = System.nanoTime() + Duration.ofSeconds(60).toNanos(); System.nanoTime() < end; ) {
            @Nullable HttpResponse<String> answer = call.send();
            if (answer != null && answer.statusCode() == status) {
                return answer;
            }
        }
        throw new AssertionError("never answered " + status);
    }

    private static Worker worker() {
        return Worker.of("quick", EndlessFunctionTest::quick);
    }

    private static RunningWorker started(Worker worker, int threads) {
        return started(worker, new ExecutionConfig(threads, 100, Duration.ofMinutes(1), false));
    }

    private static RunningWorker started(Worker worker, ExecutionConfig execution) {
        WorkerConfig config = WorkerConfig.defaults()
                .with(HttpConfig.defaults().at("127.0.0.1", 0))
                .with(execution);
        return worker.configured(config).start();
    }

    private static CompletableFuture<HttpResponse<String>> post(
            RunningWorker worker, String function, String body, int waitMs) {
        HttpRequest.Builder request = Http.request(worker.url() + "/" + function)
                .header(Headers.TIMEOUT_MS, Integer.toString(waitMs))
                .header(Headers.REQUEST_ID, "r-1")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return CompletableFuture.supplyAsync(() -> Http.send(request), task -> new Thread(task).start());
    }
}
