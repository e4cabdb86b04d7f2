package dev.foretell.router.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrialVerdictTest {
    private final List<Boolean> verdicts = new ArrayList<>();
    private final TrialVerdict trials = new TrialVerdict(verdicts::add);

    private void begin(int calls) {
        for (int i = 0; i < calls; i++) {
            assertThat(trials.begin()).isTrue();
        }
    }

    @Test
    void letsThreeCallsThrough() {
        begin(3);

        assertThat(trials.begin()).isFalse();
    }

    @Test
    void twoThatGoWellReadmit() {
        begin(3);
        trials.failed();
        trials.passed();
        assertThat(verdicts).isEmpty();

        trials.passed();

        assertThat(verdicts).containsExactly(true);
    }

    @Test
    void twoThatFailEject() {
        begin(1);
        trials.failed();
        begin(1);
        trials.failed();

        assertThat(verdicts).containsExactly(false);
    }

    @Test
    void saysItsVerdictOnceAndLetsNothingMoreThrough() {
        begin(3);
        trials.passed();
        trials.passed();
        trials.failed();
        trials.timeIsUp();

        assertThat(verdicts).containsExactly(true);
        assertThat(trials.begin()).isFalse();
    }

    @Test
    void oneThatToldNothingIsReplaced() {
        begin(3);

        trials.givenBack();

        begin(1);
        assertThat(verdicts).isEmpty();
    }

    @Test
    void whenTimeIsUpItJudgesByWhatCame() {
        begin(3);
        trials.passed();

        trials.timeIsUp();

        assertThat(verdicts).containsExactly(true);
    }

    @Test
    void whenTimeIsUpOneOfEachIsNotEnough() {
        begin(2);
        trials.passed();
        trials.failed();

        trials.timeIsUp();

        assertThat(verdicts).containsExactly(false);
    }

    @Test
    void whenNothingCameInTimeItOffersNewTrials() {
        assertThat(trials.startsClock()).isTrue();
        assertThat(trials.startsClock()).isFalse();
        begin(3);

        trials.timeIsUp();

        assertThat(verdicts).isEmpty();
        assertThat(trials.startsClock()).isTrue();
        begin(3);
    }

    @Test
    void lateOnesStillCount() {
        begin(3);
        trials.timeIsUp();

        trials.passed();
        trials.passed();

        assertThat(verdicts).containsExactly(true);
    }
}
