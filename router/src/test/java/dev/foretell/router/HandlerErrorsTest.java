package dev.foretell.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.json.Json;
import dev.foretell.commons.time.TimeoutWheel;
import dev.foretell.edge.OpenConnections;
import dev.foretell.router.admission.Admission;
import dev.foretell.router.counts.CountKey;
import dev.foretell.router.counts.RequestCounts;
import dev.foretell.router.fallback.Fallbacks;
import dev.foretell.router.http.RouterApi;
import dev.foretell.router.http.RouterServer;
import dev.foretell.router.http.edge.DirectCall;
import dev.foretell.router.http.edge.Readiness;
import dev.foretell.router.http.edge.RouteGroup;
import dev.foretell.router.http.message.BackgroundWork;
import dev.foretell.router.http.message.ChunkedResponse;
import dev.foretell.router.predict.Deadlines;
import dev.foretell.router.predict.Outcomes;
import dev.foretell.router.predict.PredictService;
import dev.foretell.router.predict.Recorder;
import dev.foretell.router.predict.VersionRouter;
import dev.foretell.router.upstream.WorkerClient;
import dev.foretell.router.upstream.call.ResponseMemory;
import dev.foretell.router.upstream.pool.EndpointPools;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A handler that throws, an {@link Error} too, ends its request at once with a problem: no caller waits for a deadline. */
class HandlerErrorsTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static int port;

    /** Throws wherever a handler can. */
    private record Throwing(BackgroundWork work) implements RouteGroup, DirectCall {
        @Override
        public void addTo(Routes routes) {
            routes.open(HttpMethod.POST, "/at-once", ctx -> endless());
            routes.open(HttpMethod.POST, "/later", ctx -> VERTX.timer(1).compose(v -> endless()));
            routes.open(HttpMethod.POST, "/elsewhere", ctx -> work.run(HandlerErrorsTest::endless));
            routes.open(HttpMethod.POST, "/here", ctx -> work.runIfLong(1, HandlerErrorsTest::endless));
            routes.open(HttpMethod.POST, "/written", ctx -> Future.succeededFuture(new Object[] {new Endless()}));
            routes.open(
                    HttpMethod.POST,
                    "/in-pieces",
                    ctx -> ChunkedResponse.json(ctx.request(), work, HandlerErrorsTest::endless));
        }

        @Override
        public List<DirectCall> direct() {
            return List.of(this);
        }

        @Override
        public boolean takes(HttpServerRequest request) {
            return request.path().equals("/directly");
        }

        @Override
        public void answer(HttpServerRequest request) {
            endless();
        }
    }

    /** It has itself in it, so that it cannot be written. */
    public static final class Endless {
        public Endless getSelf() {
            return this;
        }
    }

    private static <T> T endless() {
        throw new StackOverflowError("on purpose");
    }

    @BeforeAll
    static void listen() throws Exception {
        RouterConfig config = RouterConfig.defaults();
        Readiness readiness = new Readiness(() -> new Readiness.Store("up", ""), () -> 0, List::of, () -> "");
        readiness.onRestore();
        BackgroundWork work = new BackgroundWork(VERTX);
        RouterApi api = new RouterApi(
                config.http(),
                readiness,
                () -> 0,
                request -> () -> {},
                List.of((loop, answers, log) -> new Throwing(work)));
        Future<Integer> listening = Future.future(done ->
                VERTX.runOnContext(v -> new RouterServer(VERTX, api, service(config), OpenConnections.atMost(100))
                        .listen(0)
                        .onComplete(done)));
        port = listening.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    /** Every id of a model throws, as an ensemble would. */
    private static PredictService service(RouterConfig config) {
        EndpointPools pools = new EndpointPools(
                VERTX,
                config.workers().balance(),
                config.workers().breaker(),
                config.state().routing(),
                config.workers().warmUp(),
                System::nanoTime);
        PredictPath path = new PredictPath(
                config,
                VersionRouter.NONE,
                (type, id) -> endless(),
                pools,
                new Admission(config.calls().admission(), System::nanoTime),
                new Recorder(
                        new RequestCounts(new NoCounts()),
                        new Outcomes(System::nanoTime, System::currentTimeMillis),
                        Fallbacks.of(config.calls().fallback(), System::nanoTime)));
        TimeoutWheel wheel = new TimeoutWheel(HandlerErrorsTest::after, System::nanoTime);
        WorkerClient workers =
                new WorkerClient(VERTX, config.workers().upstream(), new ResponseMemory(1 << 20), System::nanoTime);
        return path.answers(
                path.predictor(workers, config.calls().batch(), HandlerErrorsTest::after, wheel),
                new Deadlines(wheel, config.calls().deadline(), System::nanoTime));
    }

    private static void after(long millis, Runnable action) {
        VERTX.setTimer(millis, timer -> action.run());
    }

    private static final class NoCounts implements RequestCounts.Store {
        @Override
        public Future<Map<CountKey, Long>> load() {
            return Future.succeededFuture(Map.of());
        }

        @Override
        public Future<Map<CountKey, Long>> add(long sequence, Map<CountKey, Long> additions) {
            return Future.succeededFuture(Map.of());
        }

        @Override
        public Future<Void> fold(Map<CountKey, CountKey> into) {
            return Future.succeededFuture();
        }
    }

    @AfterAll
    static void close() {
        VERTX.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/at-once",
                "/later",
                "/elsewhere",
                "/here",
                "/written",
                "/in-pieces",
                "/directly",
                "/v1/AI_model/predict",
                "/v1/AI_model/fib/predict"
            })
    void endsItsRequest(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(60))
                .header("X-Request-Timeout-Ms", "600000")
                .POST(BodyPublishers.ofString("{\"modelId\":\"fib\",\"data\":{}}"))
                .build();

        HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

        assertThat(response.statusCode()).as(response.body()).isEqualTo(500);
        assertThat(Json.readTree(response.body().getBytes()).path("code").asText())
                .isEqualTo("INTERNAL");
    }
}
