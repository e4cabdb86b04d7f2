package dev.foretell.router.upstream.connection;

import static org.awaitility.Awaitility.await;

import dev.foretell.commons.identity.WorkerId;
import dev.foretell.commons.time.Deadline;
import dev.foretell.router.upstream.call.AttemptFailure;
import dev.foretell.router.upstream.call.AttemptFailure.Reason;
import dev.foretell.router.upstream.call.CallOrigin;
import dev.foretell.router.upstream.call.Cancellation;
import dev.foretell.router.upstream.call.RequestOptions;
import dev.foretell.router.upstream.call.ResponseMemory;
import dev.foretell.router.upstream.call.WorkerCall;
import dev.foretell.router.upstream.call.WorkerResponse;
import dev.foretell.router.upstream.pool.StrayResponses;
import dev.foretell.router.upstream.pool.Suspicion;
import dev.foretell.router.upstream.pool.WorkerHost;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;

/** The connections of one event loop to a scripted worker: two of them, and two calls that may wait. */
abstract class WorkerConnectionsFixture {
    final Vertx vertx = Vertx.vertx();
    static final WorkerId WORKER = new WorkerId("127.0.0.1", 1, 0);
    static final UpstreamConfig CONFIG = new UpstreamConfig(
            Duration.ofSeconds(5), 2, 2, Duration.ofSeconds(30), new UpstreamConfig.Answers(100, 100), null);

    final Context loop = vertx.getOrCreateContext();
    final AtomicLong later = new AtomicLong();
    final AtomicInteger accepted = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();
    final Queue<NetSocket> asked = new ConcurrentLinkedQueue<>();
    final Queue<Exchange> sent = new ConcurrentLinkedQueue<>();
    volatile long patience = -1;
    volatile String echo = "";
    volatile Consumer<NetSocket> script = socket -> socket.write(answer("2"));
    final NetServer server =
            join(vertx.createNetServer().connectHandler(this::accept).listen(0, "127.0.0.1"));
    final Suspicion suspicion = new Suspicion(System::nanoTime, () -> {}, () -> {});
    final StrayResponses strays = new StrayResponses("w", this::now);
    final ResponseMemory memory = new ResponseMemory(100_000);
    final WorkerConnections connections = to(server.actualPort());

    WorkerConnections to(int port) {
        return to(port, this::now);
    }

    WorkerConnections to(int port, LongSupplier clock) {
        return to(port, clock, CONFIG.maxConnections());
    }

    WorkerConnections to(int port, LongSupplier clock, int maxConnections) {
        WorkerHost.Address address = new WorkerHost.Address("127.0.0.1", port);
        return onLoop(() -> new WorkerConnections(
                address,
                new SilenceDetector(suspicion, new SilenceWatch(timers(), this::now)),
                strays,
                new UpstreamConfig(
                        CONFIG.connectTimeout(),
                        maxConnections,
                        maxConnections,
                        CONFIG.keepAlive(),
                        CONFIG.answers(),
                        null),
                new WorkerConnections.Resources(vertx.createNetClient(), memory, clock, timers())));
    }

    @AfterEach
    void closeServer() {
        join(server.close());
        join(vertx.close());
    }

    void accept(NetSocket socket) {
        accepted.incrementAndGet();
        open.incrementAndGet();
        socket.closeHandler(v -> open.decrementAndGet());
        socket.handler(request -> {
            String text = request.toString();
            int at = text.indexOf("X-Echo: ") + 8;
            echo = text.substring(at, at + 8);
            asked.add(socket);
            script.accept(socket);
        });
    }

    static String answer(String body) {
        return "HTTP/1.1 200 OK\r\ncontent-length: " + body.length() + "\r\n\r\n" + body;
    }

    long now() {
        return System.nanoTime() + later.get();
    }

    TurnTimers timers() {
        return new TurnTimers() {
            @Override
            public void atEndOfTurn(Runnable action) {
                loop.runOnContext(v -> action.run());
            }

            @Override
            public void after(long millis, Runnable action) {
                vertx.setTimer(millis, timer -> loop.runOnContext(v -> action.run()));
            }
        };
    }

    static <T> T join(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    <T> T onLoop(Supplier<T> step) {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.runOnContext(v -> result.complete(step.get()));
        return result.orTimeout(10, TimeUnit.SECONDS).join();
    }

    void doOnLoop(Runnable step) {
        onLoop(() -> {
            step.run();
            return true;
        });
    }

    Future<WorkerResponse> send() {
        return send(connections);
    }

    Future<WorkerResponse> send(WorkerConnections over) {
        return send(over, this::now);
    }

    Future<WorkerResponse> send(WorkerConnections over, LongSupplier clock) {
        return onLoop(() -> {
            Exchange exchange = exchange();
            sent.add(exchange);
            over.send(exchange, clock.getAsLong());
            return exchange.outcome();
        });
    }

    Exchange exchange() {
        return new Exchange(
                WORKER,
                new RequestHead(new WorkerHost.Address("w", 1), "/fib", null, null),
                new WorkerCall(
                        "fib",
                        Buffer.buffer("{}"),
                        Deadline.after(Duration.ofMinutes(1), now()),
                        CallOrigin.own(),
                        RequestOptions.USUAL,
                        Cancellation::new),
                new FixedPatience(patience, Long.MAX_VALUE),
                now(),
                new NobodyTold());
    }

    /** Two calls that the worker does not answer, and two that wait. */
    List<Future<WorkerResponse>> fill() {
        script = socket -> {};
        List<Future<WorkerResponse>> calls = new ArrayList<>(List.of(send(), send()));
        await().until(() -> asked.size() == 2);
        calls.addAll(List.of(send(), send()));
        return calls;
    }

    static String body(Future<WorkerResponse> call) {
        return join(call).body().toString();
    }

    static Reason failure(Future<WorkerResponse> call) {
        await().until(call::isComplete);
        if (call.cause() instanceof AttemptFailure failure) {
            return failure.reason();
        }
        throw new AssertionError("no such failure: " + call);
    }

    String echoing(String body) {
        return answer(body).replace("\r\n\r\n", "\r\nX-Echo: " + echo + "\r\n\r\n");
    }

    /** Hangs up the latest call. */
    void abandon() {
        doOnLoop(() -> sent.stream().reduce((first, last) -> last).orElseThrow().abort(Reason.CANCELLED));
    }
}
