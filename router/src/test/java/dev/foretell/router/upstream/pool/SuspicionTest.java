package dev.foretell.router.upstream.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.upstream.measure.LastChange;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SuspicionTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final AtomicInteger moves = new AtomicInteger();
    private final AtomicLong now = new AtomicLong();
    private final Suspicion suspicion = new Suspicion(now::get, moves::incrementAndGet, () -> {});

    @Test
    void aWorkerMayBeSilentForTwentyTimesItsP99AndATenthOfASecondAtLeast() {
        assertThat(suspicion.patienceNanos(MILLI, false)).isEqualTo(100 * MILLI);
        assertThat(suspicion.patienceNanos(50 * MILLI, false)).isEqualTo(1000 * MILLI);
        assertThat(suspicion.patienceNanos(-1, false)).isNegative();
    }

    @Test
    void oneThatIsLateForAProbeAnswersWithinFourTimesItsP99AndASecondAtLeast() {
        suspicion.onLateProbe();

        assertThat(suspicion.patienceNanos(MILLI, false)).isEqualTo(100 * MILLI);
        assertThat(suspicion.patienceNanos(100 * MILLI, false)).isEqualTo(1000 * MILLI);
        assertThat(suspicion.patienceNanos(500 * MILLI, false)).isEqualTo(2000 * MILLI);
        assertThat(suspicion.patienceNanos(-1, false)).isNegative();
    }

    @Test
    void anAttentiveOneThatIsLateForAProbeIsFrozenHoweverSlowItIs() {
        assertThat(suspicion.patienceNanos(500 * MILLI, true)).isEqualTo(10_000 * MILLI);

        suspicion.onLateProbe();

        assertThat(suspicion.patienceNanos(500 * MILLI, true)).isEqualTo(100 * MILLI);
        assertThat(suspicion.patienceNanos(-1, true)).isEqualTo(100 * MILLI);
    }

    @Test
    void oneThatSaidSomethingSinceTheProbeWasSentIsNotLate() {
        suspicion.onData(7);

        suspicion.onLateProbeSince(5);
        assertThat(suspicion.isLate()).isFalse();

        suspicion.onLateProbeSince(9);
        assertThat(suspicion.isLate()).isTrue();
    }

    @Test
    void oneWhoseModelHardlyAnybodyHasAnsweredHasTenSecondsAtLeast() {
        assertThat(Suspicion.patienceNanosByFew(5 * MILLI)).isEqualTo(10_000 * MILLI);
        assertThat(Suspicion.patienceNanosByFew(2_000 * MILLI)).isEqualTo(40_000 * MILLI);
        assertThat(Suspicion.patienceNanosByFew(-1)).isNegative();
    }

    @Test
    void knowsWhenItBeganAndEnded() {
        assertThat(suspicion.change()).isEqualTo(LastChange.NEVER);
        now.set(5);
        suspicion.fellSilent(5);
        now.set(6);
        suspicion.fellSilent(6);
        assertThat(suspicion.change()).isEqualTo(LastChange.at(5));

        now.set(7);
        suspicion.onData(7);
        now.set(8);
        suspicion.onData(8);
        assertThat(suspicion.change()).isEqualTo(LastChange.at(7));
    }

    @Test
    void aWorkerIsAskedAfterFourTimesWhatItsCallsTake() {
        assertThat(Suspicion.probeAfterNanos(MILLI)).isEqualTo(100 * MILLI);
        assertThat(Suspicion.probeAfterNanos(100 * MILLI)).isEqualTo(400 * MILLI);
        assertThat(Suspicion.probeAfterNanos(5000 * MILLI)).isEqualTo(1000 * MILLI);
        assertThat(Suspicion.probeAfterNanos(0)).isEqualTo(1000 * MILLI);
    }

    @Test
    void oneWithoutAHistoryIsJudgedByOthersAndHasASecondAtLeast() {
        assertThat(Suspicion.patienceNanosByOthers(MILLI)).isEqualTo(1000 * MILLI);
        assertThat(Suspicion.patienceNanosByOthers(100 * MILLI)).isEqualTo(2000 * MILLI);
        assertThat(Suspicion.patienceNanosByOthers(-1)).isNegative();
    }

    @Test
    void aSilentWorkerIsSuspectedUntilSomethingOfItComes() {
        suspicion.fellSilent(0);
        suspicion.fellSilent(1);

        assertThat(suspicion.isSuspected()).isTrue();
        assertThat(suspicion.count()).isEqualTo(1);

        suspicion.onData(7);

        assertThat(suspicion.isSuspected()).isFalse();
        assertThat(suspicion.lastHeardNanos()).isEqualTo(7);
        assertThat(moves).hasValue(2);
    }

    @Test
    void aProbeClearsASilentWorkerIfItWasSentSinceACallWaitedInVain() {
        suspicion.fellSilent(0);
        suspicion.fellSilent(50 * MILLI);

        suspicion.onProbePass(40 * MILLI, 400 * MILLI);
        assertThat(suspicion.isSuspected()).isTrue();

        suspicion.onProbePass(60 * MILLI, 410 * MILLI);
        assertThat(suspicion.isSuspected()).isFalse();
    }

    @Test
    void aProbeClearsAWorkerThatWasLateForOne() {
        suspicion.onLateProbe();
        assertThat(suspicion.isSuspected()).isTrue();

        suspicion.onProbePass(0, 0);
        assertThat(suspicion.isSuspected()).isFalse();
        assertThat(suspicion.count()).isZero();
    }

    @Test
    void tellsOfEachMoveOnce() {
        suspicion.onLateProbe();
        suspicion.fellSilent(0);
        suspicion.onProbePass(1, 1);
        suspicion.onData(1);
        suspicion.onData(2);

        assertThat(moves).hasValue(2);
    }
}
