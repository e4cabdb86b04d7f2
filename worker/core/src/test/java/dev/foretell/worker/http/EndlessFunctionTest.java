package dev.foretell.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.foretell.commons.wire.Headers;
import dev.foretell.worker.Http;
import dev.foretell.worker.KeptConnection;
import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.StandingClock;
import dev.foretell.worker.Worker;
import dev.foretell.worker.WorkerConfig;
import dev.foretell.worker.execution.ExecutionConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
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
    private static final Queue<String> PLACES = new ConcurrentLinkedQueue<>();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static volatile boolean ends;

    private final StandingClock clock = new StandingClock();

    /** Does not let itself be interrupted. */
    static int endless(int n) {
        while (n > 0 && !ends) {
            Thread.interrupted();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        return n;
    }

    /** Says where it runs: at its beginning, where it has no end, and at its end. */
    static String place(int n) {
        String thread = Thread.currentThread().getName();
        if (n > 0) {
            PLACES.add(thread);
        }
        endless(n);
        return thread;
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
        PLACES.clear();
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
            Stream.generate(() -> post(worker, "endless", """
                    {"n":1}""", 50))
                    .limit(2)
                    .toList()
                    .forEach(late -> assertThat(late.join().statusCode()).isEqualTo(504));

            var next = Http.post(worker.url() + "/endless", """
                    {"n":0}""");

            assertThat(next.statusCode()).isEqualTo(200);
            assertThat(Http.get(worker.url() + "/").statusCode()).isEqualTo(200);
            end();
        }
    }

    @Test
    void areRefusedOnceTheyHoldAllThreadsTheyMayHaveAndOthersGoOn() {
        try (RunningWorker worker = started(worker().and("endless", EndlessFunctionTest::endless), 2)) {
            HttpResponse<String> last =
                    untilStatus(503, () -> post(worker, "endless", """
                            {"n":1}""", 50).join());

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
            untilStatus(503, () -> post(worker, "endless", """
                    {"n":1}""", 50).join());

            HttpResponse<String> index = Http.get(worker.url() + "/");
            ends = true;
            HttpResponse<String> after = untilStatus(200, () -> Http.get(worker.url() + "/"));

            assertThat(index.statusCode()).isEqualTo(503);
            assertThat(index.body())
                    .contains("all threads of this worker (1) are in calls that do not end: restart it");
            assertThat(after.body()).contains("endless");
            assertThat(Http.post(worker.url() + "/endless", """
                    {"n":0}""").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void areSeenByProbesWhenTheyHoldUpAnEventLoop() {
        ExecutionConfig inline = new ExecutionConfig(2, 100, Duration.ofMinutes(1), false, true);
        try (RunningWorker worker = started(Worker.of("place", EndlessFunctionTest::place), inline)) {
            var late = endlessOnAnEventLoop(worker);

            HttpResponse<String> index = untilStatus(503, () -> probe(worker));
            ends = true;

            assertThat(index.body()).contains("call r-1 of 'place' does not end and blocks an event loop");
            assertThat(late.join().statusCode()).isEqualTo(504);
            untilStatus(200, () -> probe(worker));
        }
    }

    /** On a busy machine a call may be too late to run at all. */
    private CompletableFuture<HttpResponse<String>> endlessOnAnEventLoop(RunningWorker worker) {
        while (true) {
            try (KeptConnection caller = KeptConnection.to(worker.port())) {
                clock.stillUntilOnEventLoop(caller, "/place", """
                        {"n":0}""");
            }
            var late = post(worker, "place", """
                    {"n":1}""", 50);
            await().atMost(PATIENCE).until(() -> late.isDone() || !PLACES.isEmpty());
            String place = PLACES.poll();
            if (place != null && place.contains("eventloop")) {
                return late;
            }
            end();
            late.join();
            begin();
        }
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
        for (long end = System.nanoTime() + PATIENCE.toNanos(); System.nanoTime() < end; ) {
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

    private RunningWorker started(Worker worker, int threads) {
        return started(worker, new ExecutionConfig(threads, 100, Duration.ofMinutes(1), false));
    }

    private RunningWorker started(Worker worker, ExecutionConfig execution) {
        WorkerConfig config = WorkerConfig.defaults()
                .with(HttpConfig.defaults().at("127.0.0.1", 0))
                .with(execution);
        return clock.start(worker.configured(config));
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
