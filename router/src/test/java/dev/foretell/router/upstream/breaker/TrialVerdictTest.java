package dev.foretell.router.upstream.breaker;

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
        trials.recordFailure();
        trials.recordSuccess();
        assertThat(verdicts).isEmpty();

        trials.recordSuccess();

        assertThat(verdicts).containsExactly(true);
    }

    @Test
    void twoThatFailEject() {
        begin(1);
        trials.recordFailure();
        begin(1);
        trials.recordFailure();

        assertThat(verdicts).containsExactly(false);
    }

    @Test
    void saysItsVerdictOnceAndLetsNothingMoreThrough() {
        begin(3);
        trials.recordSuccess();
        trials.recordSuccess();
        trials.recordFailure();
        trials.timeIsUp();

        assertThat(verdicts).containsExactly(true);
        assertThat(trials.begin()).isFalse();
    }

    @Test
    void oneThatToldNothingIsReplaced() {
        begin(3);

        trials.giveBack();

        begin(1);
        assertThat(verdicts).isEmpty();
    }

    @Test
    void whenTimeIsUpItJudgesByWhatCame() {
        begin(3);
        trials.recordSuccess();

        trials.timeIsUp();

        assertThat(verdicts).containsExactly(true);
    }

    @Test
    void whenTimeIsUpOneOfEachIsNotEnough() {
        begin(2);
        trials.recordSuccess();
        trials.recordFailure();

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

        trials.recordSuccess();
        trials.recordSuccess();

        assertThat(verdicts).containsExactly(true);
    }
}
