package dev.foretell.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CallSchedulerTest {
    private static final String F = "f";

    private static final class Hand extends CallScheduler.Member {}

    private final CallScheduler<Hand, String> scheduler = new CallScheduler<>(2, false, Hand::new);

    @Test
    void wakesOneThreadForABurst() {
        assertThat(scheduler.add(F, "a")).isNotNull();
        assertThat(scheduler.add(F, "b")).isNull();
        assertThat(scheduler.add(F, "c")).isNull();
    }

    @Test
    void whoFindsACallHasTheNextWokenWhileMoreWait() {
        Hand first = wokenFor("a");
        scheduler.add(F, "b");
        scheduler.add(F, "c");

        assertThat(scheduler.next(first)).isEqualTo("a");
        Hand second = Objects.requireNonNull(scheduler.summon());

        assertThat(second).isNotSameAs(first);
        assertThat(scheduler.next(second)).isEqualTo("b");
        assertThat(scheduler.summon()).as("there are two at most").isNull();
        assertThat(scheduler.next(first)).isEqualTo("c");
    }

    @Test
    void wakesNobodyWhileOneLooks() {
        Hand first = wokenFor("a");
        scheduler.next(first);

        assertThat(scheduler.next(first)).isNull();
        assertThat(scheduler.add(F, "b")).isNull();
        assertThat(scheduler.rest(first)).as("a call waits").isFalse();
        assertThat(scheduler.next(first)).isEqualTo("b");
    }

    @Test
    void wakesASleeperBeforeItBeginsAnother() {
        Hand first = wokenFor("a");
        scheduler.next(first);
        scheduler.next(first);

        assertThat(scheduler.rest(first)).isTrue();
        assertThat(first.isLooking()).isFalse();
        assertThat(scheduler.add(F, "b")).isSameAs(first);
        assertThat(first.isLooking()).isTrue();
    }

    @Test
    void whoIsAtWorkIsNotWaitedFor() {
        scheduler.next(wokenFor("slow"));

        assertThat(scheduler.add(F, "next")).isNotNull();
    }

    @Test
    void aSummonedSleeperCannotGo() {
        Hand first = wokenFor("a");
        scheduler.next(first);
        scheduler.next(first);
        scheduler.rest(first);
        scheduler.add(F, "b");

        assertThat(scheduler.dismiss(first)).isFalse();

        scheduler.next(first);
        scheduler.next(first);
        scheduler.rest(first);
        assertThat(scheduler.dismiss(first)).isTrue();
    }

    @Test
    void replacesAThreadThatIsLost() {
        Hand first = wokenFor("a");
        scheduler.lose(first);

        Hand second = Objects.requireNonNull(scheduler.summon());

        assertThat(second).isNotSameAs(first);
        assertThat(scheduler.next(second)).isEqualTo("a");
    }

    @Test
    void forgetsACallThatIsWithdrawn() {
        Hand first = wokenFor("a");
        scheduler.add(F, "b");
        scheduler.withdraw(F, "a");

        assertThat(scheduler.next(first)).isEqualTo("b");
        assertThat(scheduler.isBehind()).isFalse();
    }

    @Test
    void beginsNothingOnceClosed() {
        Hand first = wokenFor("a");

        scheduler.close();

        assertThat(scheduler.all()).containsExactly(first);
        assertThat(scheduler.next(first)).isNull();
        assertThat(scheduler.add(F, "b")).isNull();
    }

    @Test
    void functionsTakeTurns() {
        Hand only = wokenFor("f1");
        scheduler.add(F, "f2");
        scheduler.add(F, "f3");
        scheduler.add("g", "g1");

        assertThat(Stream.generate(() -> scheduler.next(only)).limit(4)).containsExactly("f1", "g1", "f2", "f3");
    }

    @Test
    void leavesTheLastThreadsToFunctionsThatRunNothing() {
        CallScheduler<Hand, String> four = new CallScheduler<>(4, true, Hand::new);
        Hand first = Objects.requireNonNull(four.add(F, "f1"));
        four.next(first);
        for (int i = 2; i <= 3; i++) {
            four.next(Objects.requireNonNull(four.add(F, "f" + i)));
        }
        four.add(F, "f4");

        assertThat(four.isBehind()).as("f4 is to wait").isFalse();
        Hand fourth = Objects.requireNonNull(four.add("g", "g1"));

        assertThat(four.next(fourth)).isEqualTo("g1");
        assertThat(four.next(fourth)).as("the last thread is not for f").isNull();
        assertThat(four.rest(fourth)).isTrue();
        assertThat(four.next(first)).isEqualTo("f4");
    }

    @Test
    void aFunctionAloneMayHaveAllThreads() {
        scheduler.next(wokenFor("f1"));

        Hand second = wokenFor("f2");

        assertThat(scheduler.next(second)).isEqualTo("f2");
    }

    @Test
    void replacesAThreadThatDoesNotComeBackUntilAsManyAreLostAsThereAre() {
        List<Hand> lost = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Hand hand = wokenFor("endless");
            scheduler.next(hand);
            lost.add(hand);
            scheduler.strand(hand);
        }

        assertThat(scheduler.isStuck()).isTrue();
        assertThat(scheduler.isStuck(F)).isTrue();
        assertThat(scheduler.abandonedThreads()).isEqualTo(4);
        assertThat(scheduler.add(F, "in vain")).isNull();
        assertThat(scheduler.all()).containsExactlyInAnyOrderElementsOf(lost);
    }

    @Test
    void whoComesBackAfterAllGoesOnIfThereIsAPlaceForIt() {
        Hand replaced = wokenFor("slow");
        scheduler.next(replaced);
        scheduler.strand(replaced);
        scheduler.next(wokenFor("a"));

        assertThat(scheduler.recover(replaced)).isTrue();
        assertThat(scheduler.add(F, "b")).as("it is on its way").isNull();
        assertThat(scheduler.next(replaced)).isEqualTo("b");
        assertThat(scheduler.abandonedThreads()).isZero();
    }

    @Test
    void whoComesBackToAFullCrewEnds() {
        Hand replaced = wokenFor("slow");
        scheduler.next(replaced);
        scheduler.strand(replaced);
        scheduler.next(wokenFor("a"));
        scheduler.next(wokenFor("b"));

        assertThat(scheduler.recover(replaced)).isFalse();
        assertThat(scheduler.all()).doesNotContain(replaced);
    }

    @Test
    void aFunctionThatIsStuckInItsShareIsInVainAndOthersAreNot() {
        CallScheduler<Hand, String> two = new CallScheduler<>(2, true, Hand::new);
        for (int i = 0; i < 2; i++) {
            Hand hand = Objects.requireNonNull(two.add(F, "endless"));
            two.next(hand);
            two.strand(hand);
        }

        assertThat(two.isStuck(F)).isTrue();
        assertThat(two.isStuck("g")).isFalse();
        assertThat(two.isStuck()).isFalse();
        assertThat(two.next(Objects.requireNonNull(two.add("g", "g1")))).isEqualTo("g1");
    }

    private Hand wokenFor(String call) {
        return Objects.requireNonNull(scheduler.add(F, call));
    }
}
