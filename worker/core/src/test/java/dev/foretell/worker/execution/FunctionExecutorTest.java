package dev.foretell.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionExecutorTest {
    private static final long LONG = Duration.ofMinutes(1).toNanos();

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void runsSoManyLetsSoManyWaitAndRefusesTheRest(boolean virtual) throws Exception {
        try (FunctionExecutor executor = executor(1, 1, virtual)) {
            CountDownLatch gate = new CountDownLatch(1);
            FunctionCall<String> running = start(executor, () -> awaited(gate, "first"), LONG);
            FunctionCall<String> waiting = start(executor, () -> "second", LONG);

            assertThatThrownBy(() -> start(executor, () -> "third", LONG))
                    .isInstanceOfSatisfying(
                            ServingException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.WORKERS_BUSY));

            gate.countDown();
            assertThat(get(running.result())).isEqualTo("first");
            assertThat(get(waiting.result())).isEqualTo("second");
            assertThat(get(start(executor, () -> "fourth", LONG).result())).isEqualTo("fourth");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void neverRunsACallWhoseTimeHasPassedInTheQueue(boolean virtual) throws Exception {
        try (FunctionExecutor executor = executor(1, 1, virtual)) {
            CountDownLatch gate = new CountDownLatch(1);
            AtomicBoolean ran = new AtomicBoolean();
            FunctionCall<String> running = start(executor, () -> awaited(gate, "first"), LONG);
            FunctionCall<String> late = FunctionExecutorTest.<String>start(
                    executor, () -> ran.getAndSet(true), Duration.ofMillis(20).toNanos());

            assertThatThrownBy(() -> get(late.result()))
                    .hasCauseInstanceOf(ServingException.class)
                    .hasMessageContaining("the call took too long");

            gate.countDown();
            get(running.result());
            get(start(executor, () -> "next", LONG).result());
            assertThat(ran).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void interruptsARunningCallAndLetsTheNextOneBe(boolean virtual) throws Exception {
        try (FunctionExecutor executor = executor(1, 1, virtual)) {
            CountDownLatch started = new CountDownLatch(1);
            CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
            FunctionCall<String> call = start(
                    executor,
                    () -> {
                        started.countDown();
                        try {
                            return awaited(new CountDownLatch(1), "never");
                        } catch (InterruptedException e) {
                            interrupted.complete(true);
                            throw e;
                        }
                    },
                    LONG);
            started.await();
            FunctionCall<Boolean> next = start(executor, Thread::interrupted, LONG);

            call.cancel();

            assertThat(interrupted.get(60, TimeUnit.SECONDS)).isTrue();
            assertThat(get(next.result())).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void dropsACallFromTheQueueAndGivesItsPlaceAway(boolean virtual) throws Exception {
        try (FunctionExecutor executor = executor(1, 1, virtual)) {
            CountDownLatch gate = new CountDownLatch(1);
            AtomicBoolean ran = new AtomicBoolean();
            FunctionCall<String> running = start(executor, () -> awaited(gate, "first"), LONG);
            FunctionCall<Boolean> dropped = start(executor, () -> ran.getAndSet(true), LONG);

            dropped.cancel();
            FunctionCall<String> instead = start(executor, () -> "instead", LONG);

            gate.countDown();
            get(running.result());
            assertThat(get(instead.result())).isEqualTo("instead");
            assertThat(ran).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void holdsThePlaceOfAStageUntilItCompletes(boolean virtual) throws Exception {
        try (FunctionExecutor executor = executor(1, 0, virtual)) {
            CompletableFuture<String> stage = new CompletableFuture<>();
            FunctionCall<String> call = start(executor, () -> stage, LONG);

            assertThatThrownBy(() -> start(executor, () -> "busy", LONG)).isInstanceOf(ServingException.class);

            stage.complete("done");
            assertThat(get(call.result())).isEqualTo("done");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBlockedCallHoldsUpNoOther(boolean virtual) throws Exception {
        try (FunctionExecutor executor = executor(2, 100, virtual)) {
            CountDownLatch gate = new CountDownLatch(1);
            FunctionCall<String> blocked = start(executor, () -> awaited(gate, "at last"), LONG);

            List<Future<Integer>> others = IntStream.range(0, 100)
                    .mapToObj(i -> FunctionExecutorTest.<Integer>start(executor, () -> i, LONG)
                            .result())
                    .toList();

            get(Future.all(others));
            assertThat(blocked.result().isComplete()).isFalse();
            gate.countDown();
            assertThat(get(blocked.result())).isEqualTo("at last");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void runsAsManyAtOnceAsItMay(boolean virtual) throws Exception {
        try (FunctionExecutor executor = executor(4, 4, virtual)) {
            CyclicBarrier all = new CyclicBarrier(4);

            List<Future<Integer>> calls = Stream.generate(() -> FunctionExecutorTest.<Integer>start(
                                    executor, () -> all.await(60, TimeUnit.SECONDS), LONG)
                            .result())
                    .limit(8)
                    .toList();

            get(Future.all(calls));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bringsEveryAnswerToTheEventLoopThatAsked(boolean virtual) throws Exception {
        try (FunctionExecutor executor = executor(4, 10_000, virtual)) {
            List<Context> loops = Stream.generate(((VertxInternal) vertx)::createEventLoopContext)
                    .limit(3)
                    .map(Context.class::cast)
                    .toList();

            List<Future<Boolean>> athome = IntStream.range(0, 3000)
                    .mapToObj(i -> asked(executor, loops.get(i % 3), i))
                    .toList();

            get(Future.all(athome));
            assertThat(athome).allMatch(Future::result);
        }
    }

    private static Future<Boolean> asked(FunctionExecutor executor, Context loop, int number) {
        Promise<Boolean> athome = Promise.promise();
        loop.runOnContext(go -> {
            Thread asker = Thread.currentThread();
            FunctionExecutorTest.<Integer>start(executor, () -> number, LONG)
                    .result()
                    .map(answer -> answer == number && Thread.currentThread() == asker)
                    .onComplete(athome);
        });
        return athome.future();
    }

    @Test
    void anAnswerThatNobodyCanBearDoesNotHoldUpTheNext() throws Exception {
        try (FunctionExecutor executor = executor(1, 10, false)) {
            Promise<String> second = Promise.promise();
            vertx.runOnContext(go -> {
                vertx.getOrCreateContext().exceptionHandler(expected -> {});
                start(executor, () -> "first", LONG).result().onComplete(done -> {
                    throw new IllegalStateException("of a handler");
                });
                FunctionExecutorTest.<String>start(executor, () -> "second", LONG)
                        .result()
                        .onComplete(second);
            });

            assertThat(get(second.future())).isEqualTo("second");
        }
    }

    private FunctionExecutor executor(int threads, int queue, boolean virtual) {
        ExecutionConfig config = new ExecutionConfig(threads, queue, Duration.ofMinutes(5), virtual);
        return new FunctionExecutor(vertx, config, false, System::nanoTime);
    }

    private static <T> FunctionCall<T> start(FunctionExecutor executor, Callable<?> code, long waitNanos) {
        return executor.start(new Work("f", null, code), waitNanos);
    }

    private static String awaited(CountDownLatch gate, String value) throws InterruptedException {
        gate.await();
        return value;
    }

    private static <T> T get(Future<T> future) throws Exception {
        try {
            return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(String.valueOf(e.getMessage()), e.getCause());
        }
    }
}
