package dev.foretell.router.upstream.connection;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The connections of one event loop to a scripted worker: two of them, and two calls that may wait. */
class WorkerConnectionsTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final WorkerId WORKER = new WorkerId("127.0.0.1", 1, 0);
    private static final UpstreamConfig CONFIG = new UpstreamConfig(
            Duration.ofSeconds(5), 2, 2, Duration.ofSeconds(30), new UpstreamConfig.Answers(100, 100), null);

    private final Context loop = VERTX.getOrCreateContext();
    private final AtomicLong later = new AtomicLong();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final Queue<NetSocket> asked = new ConcurrentLinkedQueue<>();
    private final Queue<Exchange> sent = new ConcurrentLinkedQueue<>();
    private volatile long patience = -1;
    private volatile String echo = "";
    private volatile Consumer<NetSocket> script = socket -> socket.write(answer("2"));
    private final NetServer server =
            join(VERTX.createNetServer().connectHandler(this::accept).listen(0, "127.0.0.1"));
    private final Suspicion suspicion = new Suspicion(System::nanoTime, () -> {}, () -> {});
    private final StrayResponses strays = new StrayResponses("w", this::now);
    private final ResponseMemory memory = new ResponseMemory(100_000);
    private final WorkerConnections connections = to(server.actualPort());

    private WorkerConnections to(int port) {
        return to(port, this::now);
    }

    private WorkerConnections to(int port, LongSupplier clock) {
        return to(port, clock, CONFIG.maxConnections());
    }

    private WorkerConnections to(int port, LongSupplier clock, int maxConnections) {
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
                new WorkerConnections.Resources(VERTX.createNetClient(), memory, clock, timers())));
    }

    @AfterEach
    void closeServer() {
        join(server.close());
    }

    @AfterAll
    static void close() {
        VERTX.close();
    }

    private void accept(NetSocket socket) {
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

    private static String answer(String body) {
        return "HTTP/1.1 200 OK\r\ncontent-length: " + body.length() + "\r\n\r\n" + body;
    }

    private long now() {
        return System.nanoTime() + later.get();
    }

    private WorkerConnection.Timers timers() {
        return new WorkerConnection.Timers() {
            @Override
            public void atEndOfTurn(Runnable action) {
                loop.runOnContext(v -> action.run());
            }

            @Override
            public void after(long millis, Runnable action) {
                VERTX.setTimer(millis, timer -> loop.runOnContext(v -> action.run()));
            }
        };
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private <T> T onLoop(Supplier<T> step) {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.runOnContext(v -> result.complete(step.get()));
        return result.orTimeout(10, TimeUnit.SECONDS).join();
    }

    private void doOnLoop(Runnable step) {
        onLoop(() -> {
            step.run();
            return true;
        });
    }

    private Future<WorkerResponse> send() {
        return send(connections);
    }

    private Future<WorkerResponse> send(WorkerConnections over) {
        return send(over, this::now);
    }

    private Future<WorkerResponse> send(WorkerConnections over, LongSupplier clock) {
        return onLoop(() -> {
            Exchange exchange = exchange();
            sent.add(exchange);
            over.send(exchange, clock.getAsLong());
            return exchange.outcome();
        });
    }

    private Exchange exchange() {
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
    private List<Future<WorkerResponse>> fill() {
        script = socket -> {};
        List<Future<WorkerResponse>> calls = new ArrayList<>(List.of(send(), send()));
        await().until(() -> asked.size() == 2);
        calls.addAll(List.of(send(), send()));
        return calls;
    }

    private static String body(Future<WorkerResponse> call) {
        return join(call).body().toString();
    }

    private static Reason failure(Future<WorkerResponse> call) {
        await().until(call::isComplete);
        if (call.cause() instanceof AttemptFailure failure) {
            return failure.reason();
        }
        throw new AssertionError("no such failure: " + call);
    }

    @Test
    void aConnectionServesOneCallAfterTheOther() {
        for (int i = 0; i < 10; i++) {
            assertThat(body(send())).isEqualTo("2");
        }

        assertThat(accepted).hasValue(1);
        assertThat(onLoop(connections::isQuiet)).isTrue();
    }

    @Test
    void callsBeyondTheConnectionsWaitAndThoseBeyondThatAreRefused() {
        List<Future<WorkerResponse>> calls = fill();

        assertThat(failure(send())).isEqualTo(Reason.BUSY);
        assertThat(onLoop(connections::isQuiet)).isFalse();
        script = socket -> socket.write(answer("3"));
        asked.stream().distinct().toList().forEach(socket -> socket.write(answer("3")));

        assertThat(calls).allSatisfy(call -> assertThat(body(call)).isEqualTo("3"));
        assertThat(accepted).hasValue(2);
    }

    @Test
    void whereNobodyListensCallsFailAtOnce() throws IOException {
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        taken.close();
        WorkerConnections nowhere = to(taken.getLocalPort());

        assertThat(failure(send(nowhere))).isEqualTo(Reason.UNREACHABLE);
        assertThat(onLoop(nowhere::isQuiet)).isTrue();
    }

    @Test
    void aConnectionThatBreaksOffFailsItsCallAndIsReplaced() {
        script = NetSocket::close;
        assertThat(failure(send())).isEqualTo(Reason.DROPPED);

        script = socket -> socket.write(answer("4"));

        assertThat(body(send())).isEqualTo("4");
        assertThat(accepted).hasValue(2);
    }

    @Test
    void whatIsNoHttpIsNoAnswer() {
        script = socket -> socket.write("this is no HTTP\r\n\r\n");

        assertThat(failure(send())).isEqualTo(Reason.GARBLED);
    }

    @Test
    void anAnswerThatIsTooLongIsNone() {
        script = socket -> socket.write(answer("x".repeat(101)).replace("200 OK", "400 No"));

        assertThat(failure(send())).isEqualTo(Reason.GARBLED);
    }

    @Test
    void anAnswerToNothingIsNeverAnothersAnswer() {
        script = socket -> socket.write(answer("1") + answer("stray"));
        assertThat(failure(send())).isEqualTo(Reason.MISPLACED);
        await().until(() -> open.get() == 0);
        assertThat(strays.count()).isEqualTo(2);

        script = socket -> socket.write(answer("2"));

        assertThat(body(send())).isEqualTo("2");
    }

    private String echoing(String body) {
        return answer(body).replace("\r\n\r\n", "\r\nX-Echo: " + echo + "\r\n\r\n");
    }

    /** Hangs up the latest call. */
    private void abandon() {
        doOnLoop(() -> sent.stream().reduce((first, last) -> last).orElseThrow().abort(Reason.CANCELLED));
    }

    @Test
    void bytesBehindAnAnswerEndItsConnectionAndHarmNoCall() {
        script = socket -> socket.write(answer("1") + "EXTRA");
        for (int i = 0; i < 5; i++) {
            assertThat(body(send())).isEqualTo("1");
        }

        assertThat(accepted).hasValue(5);
        assertThat(strays.count()).isEqualTo(5);
    }

    @Test
    void bytesThatComeUnaskedEndTheirConnectionBeforeItIsUsedAgain() {
        assertThat(body(send())).isEqualTo("2");

        asked.element().write("EXTRA");
        await().until(() -> open.get() == 0);

        assertThat(body(send())).isEqualTo("2");
        assertThat(strays.count()).isEqualTo(1);
    }

    @Test
    void afterAStrayAnswerNoConnectionIsUsedTwiceForAWhile() {
        script = socket -> socket.write(answer("1") + "EXTRA");
        assertThat(body(send())).isEqualTo("1");
        script = socket -> socket.write(answer("2"));
        for (int i = 0; i < 3; i++) {
            assertThat(body(send())).isEqualTo("2");
        }
        assertThat(accepted).hasValue(4);

        later.addAndGet(StrayResponses.PENALTY.toNanos() + 1);
        assertThat(body(send())).isEqualTo("2");
        assertThat(body(send())).isEqualTo("2");

        assertThat(accepted).hasValue(5);
    }

    @Test
    void anAnswerWithoutTheRightEchoIsNoAnswer() {
        script = socket -> socket.write(echoing("2"));
        assertThat(body(send())).isEqualTo("2");

        script = socket -> socket.write(echoing("another's").replace(echo, "00000000"));
        assertThat(failure(send())).isEqualTo(Reason.MISPLACED);

        script = socket -> socket.write(echoing("3"));
        assertThat(body(send())).isEqualTo("3");
        assertThat(strays.count()).isEqualTo(2);
    }

    @Test
    void whoHasEchoedHasToGoOn() {
        script = socket -> socket.write(echoing("1"));
        assertThat(body(send())).isEqualTo("1");

        script = socket -> socket.write(answer("2"));

        assertThat(body(send()))
                .as("over a connection on which it did not echo")
                .isEqualTo("2");
        assertThat(accepted).hasValue(2);
        assertThat(strays.count()).isEqualTo(1);
    }

    @Test
    void theAnswersToCallsThatWereSentElsewhereAreNoStrays() {
        AtomicLong clock = new AtomicLong();
        WorkerConnections shared = to(server.actualPort(), clock::get);
        script = socket -> socket.write(echoing("1"));
        for (int i = 0; i < 400; i++) {
            assertThat(body(send(shared, clock::get))).isEqualTo("1");
        }
        asked.clear();
        script = socket -> {};
        Future<WorkerResponse> slow = send(shared, clock::get);
        await().until(() -> asked.size() == 1);
        NetSocket itsSocket = asked.remove();
        String itsAnswer = echoing("slow");
        Future<WorkerResponse> behind = send(shared, clock::get);
        await().until(() -> asked.size() == 1);
        assertThat(asked.remove()).isSameAs(itsSocket);
        String answerBehind = echoing("behind");

        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        await().until(() -> asked.size() == 1);
        itsSocket.write(itsAnswer + answerBehind);
        asked.remove().write(echoing("elsewhere"));

        assertThat(body(slow)).isEqualTo("slow");
        assertThat(body(behind)).isEqualTo("elsewhere");
        assertThat(strays.count()).isZero();
    }

    @Test
    void theAnswerToACallThatWasAbandonedIsDroppedAndItsConnectionGoesOn() {
        script = socket -> {};
        Future<WorkerResponse> call = send();
        await().until(() -> asked.size() == 1);
        abandon();
        assertThat(failure(call)).isEqualTo(Reason.CANCELLED);

        asked.element().write(answer("nobody's"));
        await().until(() -> onLoop(connections::isQuiet));
        script = socket -> socket.write(answer("2"));

        assertThat(body(send())).isEqualTo("2");
        assertThat(accepted).hasValue(1);
        assertThat(strays.count()).isZero();
    }

    @Test
    void aLongAnswerToACallThatWasAbandonedIsBrokenOff() {
        script = socket -> {};
        send();
        await().until(() -> asked.size() == 1);
        abandon();

        asked.element().write(answer("x".repeat(70_000)));

        await().until(() -> open.get() == 0);
        assertThat(onLoop(connections::isQuiet)).isTrue();
    }

    @Test
    void aWorkerThatStaysAtACallThatWasAbandonedLosesItsConnection() {
        script = socket -> {};
        send();
        await().until(() -> asked.size() == 1);
        abandon();

        later.addAndGet(Duration.ofSeconds(2).toNanos());

        await().until(() -> open.get() == 0);
    }

    @Test
    void onlyHalfOfTheConnectionsAreHeldByCallsThatWereAbandoned() {
        script = socket -> {};
        send();
        send();
        await().until(() -> asked.size() == 2);

        doOnLoop(() -> sent.forEach(exchange -> exchange.abort(Reason.CANCELLED)));

        await().until(() -> open.get() == 1);
    }

    @Test
    void ofACallWhoseCallerHangsUpAtOnceTheWorkerHearsNothing() {
        assertThat(body(send())).isEqualTo("2");
        int before = asked.size();

        doOnLoop(() -> {
            for (int i = 0; i < 100; i++) {
                Exchange exchange = exchange();
                connections.send(exchange, now());
                exchange.abort(Reason.CANCELLED);
            }
        });

        assertThat(body(send())).isEqualTo("2");
        assertThat(asked).hasSize(before + 1);
        assertThat(accepted).hasValue(1);
    }

    @Test
    void noConnectionIsOpenedForCallersWhoHangUpAtOnce() {
        doOnLoop(() -> {
            Exchange exchange = exchange();
            connections.send(exchange, now());
            exchange.abort(Reason.CANCELLED);
        });

        assertThat(onLoop(connections::isQuiet)).isTrue();
        assertThat(body(send())).isEqualTo("2");
        assertThat(accepted).hasValue(1);
    }

    @Test
    void aCallThatIsAbandonedWhileItWaitsLeavesTheQueue() {
        List<Future<WorkerResponse>> calls = fill();
        abandon();
        assertThat(failure(calls.get(3))).isEqualTo(Reason.CANCELLED);

        Future<WorkerResponse> next = send();
        script = socket -> socket.write(answer("3"));
        asked.stream().distinct().toList().forEach(socket -> socket.write(answer("3")));

        assertThat(body(next)).isEqualTo("3");
    }

    @Test
    void anAnswerWhoseEndIsTheConnectionsEndIsOne() {
        script = socket -> {
            socket.write("HTTP/1.1 200 OK\r\n\r\n2");
            socket.close();
        };

        assertThat(body(send())).isEqualTo("2");
        assertThat(body(send())).isEqualTo("2");
        assertThat(accepted).hasValue(2);
    }

    @Test
    void aBodyWhereThereIsNoneEndsTheConnection() {
        script = socket -> socket.write("HTTP/1.1 204 No Content\r\ncontent-length: 5\r\n\r\nhello");

        assertThat(body(send())).isEmpty();
        assertThat(body(send())).isEmpty();
        assertThat(accepted).hasValue(2);
        assertThat(strays.count()).isEqualTo(2);
    }

    @Test
    void aWorkerThatEndsItsConnectionWithAnAnswerIsReachedOverAnother() {
        script = socket -> socket.write(answer("1").replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));

        assertThat(body(send())).isEqualTo("1");
        assertThat(body(send())).isEqualTo("1");
        assertThat(accepted).hasValue(2);
    }

    @Test
    void whatIsIdleForTooLongIsClosed() {
        assertThat(body(send())).isEqualTo("2");
        doOnLoop(connections::sweep);
        assertThat(open).hasValue(1);

        later.addAndGet(Duration.ofSeconds(31).toNanos());
        doOnLoop(connections::sweep);

        await().until(() -> open.get() == 0);
        assertThat(body(send())).isEqualTo("2");
        assertThat(accepted).hasValue(2);
    }

    @Test
    void ofTheConnectionsThatTheLoadDoesNotNeedAFewAreKept() {
        WorkerConnections many = to(server.actualPort(), this::now, 20);
        answerAtOnce(many, 20);
        doOnLoop(many::sweep);
        assertThat(open).as("all were in use just now").hasValue(20);

        later.addAndGet(Duration.ofSeconds(6).toNanos());
        answerAtOnce(many, 5);
        doOnLoop(many::sweep);

        await().until(() -> open.get() == 5 + 4);
        answerAtOnce(many, 9);
        assertThat(accepted).as("none had to be opened anew").hasValue(20);
    }

    /** Calls that are in flight at the same time. */
    private void answerAtOnce(WorkerConnections over, int calls) {
        asked.clear();
        script = socket -> {};
        List<Future<WorkerResponse>> all =
                Stream.generate(() -> send(over)).limit(calls).toList();
        await().until(() -> asked.size() == calls);
        asked.forEach(socket -> socket.write(answer("2")));
        assertThat(all).allSatisfy(call -> assertThat(body(call)).isEqualTo("2"));
    }

    @Test
    void closingBreaksOffWhatIsInFlightAndWhatWaits() {
        List<Future<WorkerResponse>> calls = fill();

        doOnLoop(connections::close);

        assertThat(calls).allSatisfy(call -> assertThat(failure(call)).isEqualTo(Reason.DROPPED));
        assertThat(failure(send())).isEqualTo(Reason.DROPPED);
        await().until(() -> open.get() == 0);
    }
}
