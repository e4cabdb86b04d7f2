package dev.foretell.router.upstream.connection;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConnectionSharingTest {
    private final ConnectionSharing pace = new ConnectionSharing(0);

    @Test
    void aNewWorkerGetsAConnectionForEachCall() {
        assertThat(pace.depth()).isOne();
    }

    @Test
    void aWorkerThatProvesFastIsShared() {
        answers(200, TimeUnit.MICROSECONDS.toNanos(100));

        assertThat(pace.depth()).isEqualTo(ConnectionSharing.SHARED_DEPTH);
    }

    @Test
    void oneSlowAnswerEndsSharingAndManyFastOnesBringItBack() {
        answers(1000, TimeUnit.MICROSECONDS.toNanos(100));

        answers(1, TimeUnit.MILLISECONDS.toNanos(500));
        assertThat(pace.depth()).isOne();
        answers(20, TimeUnit.MICROSECONDS.toNanos(100));
        assertThat(pace.depth()).isOne();
        answers(1000, TimeUnit.MICROSECONDS.toNanos(100));
        assertThat(pace.depth()).isEqualTo(ConnectionSharing.SHARED_DEPTH);
    }

    @Test
    void aHiccupDoesNotEndSharing() {
        answers(1000, TimeUnit.MICROSECONDS.toNanos(100));

        answers(1, TimeUnit.MILLISECONDS.toNanos(20));

        assertThat(pace.depth()).isEqualTo(ConnectionSharing.SHARED_DEPTH);
    }

    @Test
    void aWorkerThatBrokeASharedConnectionIsNotSharedAgain() {
        pace.neverShareAgain();
        answers(10_000, 1000);

        assertThat(pace.depth()).isOne();
    }

    @Test
    void aTrialShowsThatAWorkerIsFastThatOnlyItsQueueMakesLookSlow() {
        answers(1000, TimeUnit.MILLISECONDS.toNanos(5));

        assertThat(trialCalls(SECONDS.toNanos(1))).isEqualTo(ConnectionSharing.TRIAL_CALLS);
        followers(ConnectionSharing.TRIAL_CALLS, TimeUnit.MICROSECONDS.toNanos(50));

        assertThat(pace.depth()).isEqualTo(ConnectionSharing.SHARED_DEPTH);
    }

    @Test
    void trialsOfASlowWorkerBecomeRare() {
        int delayed = 0;
        for (int second = 0; second < 600; second++) {
            int calls = trialCalls(SECONDS.toNanos(second));
            followers(calls, TimeUnit.MILLISECONDS.toNanos(5));
            delayed += calls;
            assertThat(pace.depth()).isOne();
        }

        assertThat(delayed).isBetween(10, 20 * ConnectionSharing.TRIAL_CALLS);
    }

    @Test
    void aTrialThatDelaysACallProvesNothing() {
        trialCalls(SECONDS.toNanos(1));
        followers(1, 1000);
        pace.distrust();
        followers(2, 1000);

        assertThat(pace.depth()).isOne();
    }

    @Test
    void aWorkerThatBrokeASharedConnectionGetsNoTrial() {
        pace.neverShareAgain();

        assertThat(trialCalls(SECONDS.toNanos(100))).isZero();
    }

    /** Of ten calls at this time, those that are sent behind others. */
    private int trialCalls(long nowNanos) {
        return (int) IntStream.range(0, 10)
                .filter(i -> pace.takesTrialCall(nowNanos))
                .count();
    }

    private void followers(int count, long serviceNanos) {
        for (int i = 0; i < count; i++) {
            pace.observeFollower(serviceNanos);
        }
    }

    private void answers(int count, long serviceNanos) {
        for (int i = 0; i < count; i++) {
            pace.observe(serviceNanos);
        }
    }
}
