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

    private final CallScheduler<Hand, String> crew = new CallScheduler<>(2, false, Hand::new);

    @Test
    void wakesOneThreadForABurst() {
        assertThat(crew.add(F, "a")).isNotNull();
        assertThat(crew.add(F, "b")).isNull();
        assertThat(crew.add(F, "c")).isNull();
    }

    @Test
    void whoFindsACallHasTheNextWokenWhileMoreWait() {
        Hand first = wokenFor("a");
        crew.add(F, "b");
        crew.add(F, "c");

        assertThat(crew.next(first)).isEqualTo("a");
        Hand second = Objects.requireNonNull(crew.summon());

        assertThat(second).isNotSameAs(first);
        assertThat(crew.next(second)).isEqualTo("b");
        assertThat(crew.summon()).as("there are two at most").isNull();
        assertThat(crew.next(first)).isEqualTo("c");
    }

    @Test
    void wakesNobodyWhileOneLooks() {
        Hand first = wokenFor("a");
        crew.next(first);

        assertThat(crew.next(first)).isNull();
        assertThat(crew.add(F, "b")).isNull();
        assertThat(crew.rest(first)).as("a call waits").isFalse();
        assertThat(crew.next(first)).isEqualTo("b");
    }

    @Test
    void wakesASleeperBeforeItBeginsAnother() {
        Hand first = wokenFor("a");
        crew.next(first);
        crew.next(first);

        assertThat(crew.rest(first)).isTrue();
        assertThat(first.isLooking()).isFalse();
        assertThat(crew.add(F, "b")).isSameAs(first);
        assertThat(first.isLooking()).isTrue();
    }

    @Test
    void whoIsAtWorkIsNotWaitedFor() {
        crew.next(wokenFor("slow"));

        assertThat(crew.add(F, "next")).isNotNull();
    }

    @Test
    void aSummonedSleeperCannotGo() {
        Hand first = wokenFor("a");
        crew.next(first);
        crew.next(first);
        crew.rest(first);
        crew.add(F, "b");

        assertThat(crew.dismiss(first)).isFalse();

        crew.next(first);
        crew.next(first);
        crew.rest(first);
        assertThat(crew.dismiss(first)).isTrue();
    }

    @Test
    void replacesAThreadThatIsLost() {
        Hand first = wokenFor("a");
        crew.lose(first);

        Hand second = Objects.requireNonNull(crew.summon());

        assertThat(second).isNotSameAs(first);
        assertThat(crew.next(second)).isEqualTo("a");
    }

    @Test
    void forgetsACallThatIsWithdrawn() {
        Hand first = wokenFor("a");
        crew.add(F, "b");
        crew.withdraw(F, "a");

        assertThat(crew.next(first)).isEqualTo("b");
        assertThat(crew.isBehind()).isFalse();
    }

    @Test
    void beginsNothingOnceClosed() {
        Hand first = wokenFor("a");

        crew.close();

        assertThat(crew.all()).containsExactly(first);
        assertThat(crew.next(first)).isNull();
        assertThat(crew.add(F, "b")).isNull();
    }

    @Test
    void functionsTakeTurns() {
        Hand only = wokenFor("f1");
        crew.add(F, "f2");
        crew.add(F, "f3");
        crew.add("g", "g1");

        assertThat(Stream.generate(() -> crew.next(only)).limit(4)).containsExactly("f1", "g1", "f2", "f3");
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
        crew.next(wokenFor("f1"));

        Hand second = wokenFor("f2");

        assertThat(crew.next(second)).isEqualTo("f2");
    }

    @Test
    void replacesAThreadThatDoesNotComeBackUntilAsManyAreLostAsThereAre() {
        List<Hand> lost = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Hand hand = wokenFor("endless");
            crew.next(hand);
            lost.add(hand);
            crew.strand(hand);
        }

        assertThat(crew.isStuck()).isTrue();
        assertThat(crew.isVain(F)).isTrue();
        assertThat(crew.abandonedThreads()).isEqualTo(4);
        assertThat(crew.add(F, "in vain")).isNull();
        assertThat(crew.all()).containsExactlyInAnyOrderElementsOf(lost);
    }

    @Test
    void whoComesBackAfterAllGoesOnIfThereIsAPlaceForIt() {
        Hand replaced = wokenFor("slow");
        crew.next(replaced);
        crew.strand(replaced);
        crew.next(wokenFor("a"));

        assertThat(crew.recover(replaced)).isTrue();
        assertThat(crew.add(F, "b")).as("it is on its way").isNull();
        assertThat(crew.next(replaced)).isEqualTo("b");
        assertThat(crew.abandonedThreads()).isZero();
    }

    @Test
    void whoComesBackToAFullCrewEnds() {
        Hand replaced = wokenFor("slow");
        crew.next(replaced);
        crew.strand(replaced);
        crew.next(wokenFor("a"));
        crew.next(wokenFor("b"));

        assertThat(crew.recover(replaced)).isFalse();
        assertThat(crew.all()).doesNotContain(replaced);
    }

    @Test
    void aFunctionThatIsStuckInItsShareIsInVainAndOthersAreNot() {
        CallScheduler<Hand, String> two = new CallScheduler<>(2, true, Hand::new);
        for (int i = 0; i < 2; i++) {
            Hand hand = Objects.requireNonNull(two.add(F, "endless"));
            two.next(hand);
            two.strand(hand);
        }

        assertThat(two.isVain(F)).isTrue();
        assertThat(two.isVain("g")).isFalse();
        assertThat(two.isStuck()).isFalse();
        assertThat(two.next(Objects.requireNonNull(two.add("g", "g1")))).isEqualTo("g1");
    }

    private Hand wokenFor(String call) {
        return Objects.requireNonNull(crew.add(F, call));
    }
}
