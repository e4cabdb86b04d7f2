package dev.foretell.router.upstream.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.identity.WorkerId;
import dev.foretell.commons.time.Deadline;
import dev.foretell.router.upstream.call.CallOrigin;
import dev.foretell.router.upstream.call.Cancellation;
import dev.foretell.router.upstream.call.RequestOptions;
import dev.foretell.router.upstream.call.WorkerCall;
import dev.foretell.router.upstream.pool.Suspicion;
import dev.foretell.router.upstream.pool.WorkerHost;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SilenceWatchTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long PATIENCE = 1000 * MILLI;
    private static final long UNASKED = 200 * MILLI;

    private final Queue<Runnable> due = new ArrayDeque<>();
    private final SilenceWatch watch = new SilenceWatch(new Timers(), this::now);
    private final AtomicInteger probes = new AtomicInteger();
    private final Suspicion suspicion = new Suspicion(() -> 0, () -> {}, probes::incrementAndGet);
    private final SilenceDetector silence = new SilenceDetector(suspicion, watch);
    private final AtomicInteger told = new AtomicInteger();
    private List<Exchange> calls = List.of();
    private long now = 1;

    private final class Timers implements TurnTimers {
        @Override
        public void atEndOfTurn(Runnable action) {
            action.run();
        }

        @Override
        public void after(long millis, Runnable action) {
            due.add(action);
        }
    }

    private final class CountingRecipient implements WorkerCall.Recipient {
        @Override
        public Cancellation cancellation() {
            return new Cancellation();
        }

        @Override
        public void onSilence(WorkerCall.Waiting call) {
            told.incrementAndGet();
        }
    }

    private long now() {
        return now;
    }

    private void send() {
        calls = List.of(new Exchange(
                new WorkerId("w", 9001, 0),
                new RequestHead(new WorkerHost.Address("w", 9001), "/fib", null, null),
                new WorkerCall(
                        "fib",
                        Buffer.buffer("{}"),
                        Deadline.after(Duration.ofMinutes(1), now),
                        CallOrigin.own(),
                        RequestOptions.USUAL,
                        new CountingRecipient()),
                new FixedPatience(PATIENCE, UNASKED),
                watch.awakeNanos(now),
                new NobodyTold()));
        silence.watch(() -> calls);
    }

    /** The event loop comes to its next look after so long. */
    private void tickAfter(long millis) {
        now += millis * MILLI;
        Runnable tick = due.poll();
        if (tick != null) {
            tick.run();
        }
    }

    private void ticks(int times) {
        for (int i = 0; i < times; i++) {
            tickAfter(25);
        }
    }

    @Test
    void aWorkerThatSaysNothingForItsWholePatienceIsSuspected() {
        send();

        ticks(38);
        assertThat(suspicion.isSuspected()).isFalse();

        ticks(4);
        assertThat(suspicion.isSuspected()).isTrue();
        assertThat(told).hasPositiveValue();
    }

    @Test
    void aWorkerThatSaysNothingForLongerThanUsualIsAskedNowAndThen() {
        send();

        ticks(6);
        assertThat(probes).hasValue(0);

        ticks(4);
        assertThat(probes).hasValue(1);

        ticks(10);
        assertThat(probes).hasValue(1);

        ticks(10);
        assertThat(probes).hasValue(2);
        assertThat(suspicion.isSuspected()).isFalse();
    }

    @Test
    void oneThatHasJustPassedAProbeIsNotAsked() {
        send();
        ticks(6);

        suspicion.onProbePass(now, now);
        ticks(6);

        assertThat(probes).hasValue(0);
    }

    @Test
    void noWorkerIsToBlameForTheTimeThatTheEventLoopStoodStill() {
        send();
        ticks(4);

        tickAfter(5000);
        ticks(30);

        assertThat(suspicion.isSuspected()).isFalse();
    }

    @Test
    void whatWasHeardBeforeAStandstillEndsTheSilenceToo() {
        send();
        ticks(38);
        silence.reset();
        ticks(1);

        tickAfter(5000);
        ticks(30);

        assertThat(suspicion.isSuspected()).isFalse();
    }

    @Test
    void anEventLoopThatStandsStillAgainAndAgainStillNoticesSilence() {
        send();

        for (int i = 0; i < 12; i++) {
            tickAfter(150);
            ticks(4);
        }

        assertThat(suspicion.isSuspected()).isTrue();
    }

    @Test
    void onABusyMachineEveryLookIsLateAndSilenceIsNoticedInTime() {
        send();

        for (int i = 0; i < 9; i++) {
            tickAfter(125);
        }

        assertThat(suspicion.isSuspected()).isTrue();
    }

    @Test
    void whatCameBeforeALateLookIsReadFirst() {
        send();
        ticks(38);

        tickAfter(125);
        assertThat(suspicion.isSuspected()).isFalse();

        silence.reset();
        ticks(4);
        assertThat(suspicion.isSuspected()).isFalse();
    }

    @Test
    void looksNoMoreOnceThereAreNoCalls() {
        send();
        ticks(1);

        calls = List.of();
        ticks(1);

        assertThat(due).isEmpty();
    }
}
