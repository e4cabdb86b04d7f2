package dev.foretell.router.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.time.Deadline;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real event loops that share one limit. */
class EventLoopsTest {
    private static final int LIMIT = 3;
    private static final ModelKey FIB = new ModelKey("AI", "fib");

    private final Vertx vertx = Vertx.vertx();
    private final Admission admission = new Admission(
            new AdmissionConfig(100_000, LimitKind.FIXED, LIMIT, 1000, Duration.ofSeconds(60), Map.of()),
            System::nanoTime);
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger elsewhere = new AtomicInteger();

    private record Caller(Priority priority, Deadline deadline) implements AdmissionRequest {
        @Override
        public void waits(Runnable leave) {
            // this one is patient
        }
    }

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void everyCallGoesOnWhereItCameFromAndNeverMoreThanTheLimitAreIn() throws Exception {
        List<Context> loops = Stream.generate(((VertxInternal) vertx)::createEventLoopContext)
                .limit(4)
                .map(Context.class::cast)
                .toList();

        List<Future<Void>> calls = IntStream.range(0, 2000)
                .mapToObj(i -> on(loops.get(i % loops.size()), () -> call(loops.get(i % loops.size()))))
                .toList();
        Future.all(calls).toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);

        assertThat(elsewhere).hasValue(0);
        assertThat(most).hasValue(LIMIT);
        assertThat(admission.inFlight()).isZero();
        ModelLoad load = admission.loads().get(0);
        assertThat(load.inFlight()).isZero();
        assertThat(load.tally().admitted()).isEqualTo(2000);
    }

    private static Future<Void> on(Context loop, Supplier<Future<Void>> work) {
        Promise<Void> done = Promise.promise();
        loop.runOnContext(v -> work.get().onComplete(done));
        return done.future();
    }

    private Future<Void> call(Context loop) {
        Deadline deadline = Deadline.after(Duration.ofSeconds(60), System.nanoTime());
        return admission.acquire(FIB, new Caller(Priority.NORMAL, deadline)).compose(permit -> {
            elsewhere.addAndGet(Vertx.currentContext() == loop ? 0 : 1);
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            Promise<Void> worked = Promise.promise();
            loop.runOnContext(v -> {
                inside.decrementAndGet();
                permit.release(Permit.Outcome.ANSWERED);
                worked.complete();
            });
            return worked.future();
        });
    }
}
