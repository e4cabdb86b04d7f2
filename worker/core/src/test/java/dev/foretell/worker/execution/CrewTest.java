package dev.foretell.worker.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class CrewTest {
    private static final class Hand extends Crew.Member {}

    private final Crew<Hand, String> crew = new Crew<>(2, Hand::new);

    @Test
    void wakesOneThreadForABurst() {
        assertThat(crew.add("a")).isNotNull();
        assertThat(crew.add("b")).isNull();
        assertThat(crew.add("c")).isNull();
    }

    @Test
    void whoFindsACallHasTheNextWokenWhileMoreWait() {
        Hand first = wokenFor("a");
        crew.add("b");
        crew.add("c");

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
        assertThat(crew.add("b")).isNull();
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
        assertThat(crew.add("b")).isSameAs(first);
        assertThat(first.isLooking()).isTrue();
    }

    @Test
    void whoIsAtWorkIsNotWaitedFor() {
        crew.next(wokenFor("slow"));

        assertThat(crew.add("next")).isNotNull();
    }

    @Test
    void aSummonedSleeperCannotGo() {
        Hand first = wokenFor("a");
        crew.next(first);
        crew.next(first);
        crew.rest(first);
        crew.add("b");

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
        crew.add("b");
        crew.withdraw("a");

        assertThat(crew.next(first)).isEqualTo("b");
        assertThat(crew.isBehind()).isFalse();
    }

    @Test
    void beginsNothingOnceClosed() {
        Hand first = wokenFor("a");

        assertThat(crew.close()).containsExactly(first);
        assertThat(crew.next(first)).isNull();
        assertThat(crew.add("b")).isNull();
    }

    private Hand wokenFor(String call) {
        return Objects.requireNonNull(crew.add(call));
    }
}
