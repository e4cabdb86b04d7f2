package dev.foretell.router.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final ModelKey OTHER = new ModelKey("AI", "other");
    private static final Duration LONG = Duration.ofSeconds(10);

    /** At most two calls in flight and four that wait, for one second. */
    private final Desk desk = new Desk(config(LimitKind.FIXED, 2, Map.of()));

    private static AdmissionConfig config(LimitKind limit, int most, Map<String, Integer> models) {
        return new AdmissionConfig(100, limit, most, 2, Duration.ofSeconds(1), models);
    }

    private List<Desk.Call> calls(int count) {
        return IntStream.range(0, count).mapToObj(i -> desk.call()).toList();
    }

    private static @Nullable FailureKind kind(Desk.Call call) {
        ServingException refused = call.refused();
        return refused == null ? null : refused.kind();
    }

    @Test
    void shedsAtOnceWhenTheRouterIsFull() {
        Desk small = new Desk(new AdmissionConfig(1, LimitKind.NONE, 1, 2, LONG, Map.of()));
        Desk.Call first = small.call();

        Desk.Call second = small.call();
        first.ends();
        Desk.Call third = small.call();

        assertThat(kind(second)).isEqualTo(FailureKind.SHED);
        assertThat(third.isIn()).isTrue();
        assertThat(small.admission.shed()).isEqualTo(1);
    }

    @Test
    void aModelWithoutALimitHasNoQueue() {
        Desk unlimited = new Desk(config(LimitKind.NONE, 1, Map.of()));

        assertThat(IntStream.range(0, 100).mapToObj(i -> unlimited.call())).allMatch(Desk.Call::isIn);
        assertThat(unlimited.admission.loads()).isEmpty();
    }

    @Test
    void aModelsOwnLimitGoesFirst() {
        Desk own = new Desk(config(LimitKind.NONE, 1, Map.of("AI/fib", 1)));
        Desk.Call first = own.call();
        Desk.Call second = own.call();

        assertThat(first.isIn()).isTrue();
        assertThat(second.waits()).isTrue();
        assertThat(IntStream.range(0, 9).mapToObj(i -> own.call(OTHER, Priority.NORMAL, LONG)))
                .allMatch(Desk.Call::isIn);
    }

    @Test
    void callsOverTheLimitGetInInTheirOrderWhenOthersEnd() {
        List<Desk.Call> calls = calls(6);
        assertThat(calls).map(Desk.Call::isIn).containsExactly(true, true, false, false, false, false);

        calls.get(1).ends();
        assertThat(calls).map(Desk.Call::isIn).containsExactly(true, true, true, false, false, false);

        calls.get(0).ends();
        assertThat(calls).map(Desk.Call::isIn).containsExactly(true, true, true, true, false, false);
        assertThat(desk.load().inFlight()).isEqualTo(2);
        assertThat(desk.admission.inFlight()).isEqualTo(4);
    }

    @Test
    void aNewCallDoesNotOvertakeOneThatWaits() {
        List<Desk.Call> calls = calls(3);
        calls.get(0).permit().release(Permit.Outcome.ANSWERED);

        Desk.Call late = desk.call();
        desk.turn();

        assertThat(calls.get(2).isIn()).isTrue();
        assertThat(late.waits()).isTrue();
    }

    @Test
    void higherPrioritiesGoFirst() {
        List<Desk.Call> in = calls(2);
        Desk.Call low = desk.call(Priority.LOW);
        Desk.Call normal = desk.call(Priority.NORMAL);
        Desk.Call high = desk.call(Priority.HIGH);

        in.get(0).ends();
        assertThat(high.isIn()).isTrue();
        in.get(1).ends();
        assertThat(normal.isIn()).isTrue();
        high.ends();
        assertThat(low.isIn()).isTrue();
    }

    @Test
    void aFullQueueRefusesACallOfItsLowestPriority() {
        calls(6);

        assertThat(kind(desk.call())).isEqualTo(FailureKind.QUEUE_FULL);
        assertThat(kind(desk.call(Priority.LOW))).isEqualTo(FailureKind.QUEUE_FULL);
        assertThat(desk.admission.inFlight()).isEqualTo(6);
    }

    @Test
    void aFullQueueDropsTheNewestOfTheLowestForAHigherOne() {
        calls(2);
        Desk.Call normal = desk.call(Priority.NORMAL);
        Desk.Call olderLow = desk.call(Priority.LOW);
        Desk.Call newerLow = desk.call(Priority.LOW);
        Desk.Call lastNormal = desk.call(Priority.NORMAL);

        Desk.Call high = desk.call(Priority.HIGH);
        desk.turn();

        assertThat(kind(newerLow)).isEqualTo(FailureKind.QUEUE_FULL);
        assertThat(List.of(normal, olderLow, lastNormal, high)).allMatch(Desk.Call::waits);
        assertThat(desk.load().waiting())
                .containsExactlyInAnyOrderEntriesOf(Map.of(Priority.HIGH, 1, Priority.NORMAL, 2, Priority.LOW, 1));
    }

    @Test
    void withoutAQueueWhatIsOverTheLimitIsRefused() {
        Desk none = new Desk(new AdmissionConfig(100, LimitKind.FIXED, 1, 0, LONG, Map.of()));
        none.call();

        assertThat(kind(none.call())).isEqualTo(FailureKind.QUEUE_FULL);
    }

    @Test
    void shedsACallWhoseTurnDoesNotComeInTime() {
        Desk.Call waits = calls(3).get(2);

        desk.pass(999);
        assertThat(waits.waits()).isTrue();
        desk.pass(1);

        assertThat(kind(waits)).isEqualTo(FailureKind.SHED);
        assertThat(desk.load().tally().shed()).isEqualTo(1);
        assertThat(desk.admission.inFlight()).isEqualTo(2);
    }

    @Test
    void aDeadlineThatPassesInTheQueueIsSaidToHavePassedThere() {
        calls(2);
        Desk.Call hasty = desk.call(Desk.FIB, Priority.NORMAL, Duration.ofMillis(100));

        desk.pass(100);

        assertThat(hasty.refused()).isNotNull();
        assertThat(kind(hasty)).isEqualTo(FailureKind.DEADLINE_EXCEEDED);
        assertThat(hasty.refused()).hasMessageContaining("queue");
        assertThat(desk.load().tally().expired()).isEqualTo(1);
    }

    @Test
    void aCallThatIsTooLateIsNotLetIn() {
        List<Desk.Call> in = calls(2);
        Desk.Call hasty = desk.call(Desk.FIB, Priority.HIGH, Duration.ofMillis(100));
        Desk.Call patient = desk.call();

        desk.passStuck(200);
        in.get(0).ends();

        assertThat(kind(hasty)).isEqualTo(FailureKind.DEADLINE_EXCEEDED);
        assertThat(patient.isIn()).isTrue();
        assertThat(desk.load().inFlight()).isEqualTo(2);
    }

    @Test
    void aCallWhoseEventLoopComesTooLatePassesItsPermitOn() {
        List<Desk.Call> in = calls(2);
        Desk.Call hasty = desk.call(Desk.FIB, Priority.HIGH, Duration.ofMillis(100));
        Desk.Call patient = desk.call();

        in.get(0).permit().release(Permit.Outcome.ANSWERED);
        desk.passStuck(200);
        desk.turn();

        assertThat(kind(hasty)).isEqualTo(FailureKind.DEADLINE_EXCEEDED);
        assertThat(patient.isIn()).isTrue();
        assertThat(desk.load().inFlight()).isEqualTo(2);
        assertThat(desk.load().tally().admitted()).isEqualTo(3);
        assertThat(desk.admission.inFlight()).isEqualTo(2);
    }

    @Test
    void aCallerWhoHangsUpLeavesTheQueue() {
        List<Desk.Call> calls = calls(4);

        calls.get(2).hangsUp();
        calls.get(0).ends();

        assertThat(calls.get(3).isIn()).isTrue();
        assertThat(desk.admission.inFlight()).isEqualTo(2);
        assertThat(desk.timers()).isZero();
    }

    @Test
    void hangingUpWhenTheTurnHasComeChangesNothing() {
        List<Desk.Call> calls = calls(3);
        calls.get(0).permit().release(Permit.Outcome.ANSWERED);

        calls.get(2).hangsUp();
        desk.turn();

        assertThat(calls.get(2).isIn()).isTrue();
        assertThat(desk.load().inFlight()).isEqualTo(2);
    }

    @Test
    void releasingTwiceIsHarmless() {
        List<Desk.Call> calls = calls(2);

        calls.get(0).ends();
        calls.get(0).ends();

        assertThat(desk.load().inFlight()).isEqualTo(1);
        assertThat(desk.admission.inFlight()).isEqualTo(1);
    }

    @Test
    void saysWhenToComeBackByTheLengthOfTheQueueAndThePaceOfTheCalls() {
        Desk.Call first = desk.call();
        desk.passStuck(10_000);
        first.ends();
        calls(6);

        ServingException refused = desk.call().refused();

        assertThat(refused)
                .isInstanceOfSatisfying(
                        ShedException.class,
                        refusal -> assertThat(refusal.retryAfterSeconds())
                                .as("4 wait, 2 at a time, 10 s each")
                                .isEqualTo(20));
    }

    @Test
    void counts() {
        List<Desk.Call> calls = calls(7);
        calls.get(0).ends();

        assertThat(desk.load().tally().admitted()).isEqualTo(3);
        assertThat(desk.load().tally().queued()).isEqualTo(4);
        assertThat(desk.load().tally().shed()).isEqualTo(1);
        assertThat(desk.load().limit()).isEqualTo(2);
    }

    @Test
    void forgetsModelsThatAreGoneOnceTheyAreIdle() {
        Desk.Call call = desk.call();
        desk.admission.retain(Set.of());
        assertThat(desk.admission.loads()).hasSize(1);

        call.ends();
        desk.admission.retain(Set.of());
        assertThat(desk.admission.loads()).isEmpty();
    }
}
