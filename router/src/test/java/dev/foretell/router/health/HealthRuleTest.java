package dev.foretell.router.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.health.WorkerStatus.State;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthRuleTest {
    private static final ProbeResult PASS = new ProbeResult.Healthy(Optional.empty());
    private static final ProbeResult SLOW = new ProbeResult.Unhealthy("slow");
    private static final ProbeResult GONE = new ProbeResult.Unreachable("refused");

    private final HealthRule rule = new HealthRule(3);

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }

    private WorkerStatus after(ProbeResult... results) {
        WorkerStatus status = WorkerStatus.ofNewcomer(at(0));
        for (int i = 0; i < results.length; i++) {
            status = rule.next(status, results[i], at(i + 1));
        }
        return status;
    }

    @Test
    void aFirstPassMakesReady() {
        assertThat(after(PASS)).isEqualTo(new WorkerStatus(State.READY, at(1), at(1), at(1), 0));
    }

    @Test
    void furtherPassesMoveOnlyTheLastOne() {
        assertThat(after(PASS, PASS, PASS)).isEqualTo(new WorkerStatus(State.READY, at(1), at(1), at(3), 0));
    }

    @Test
    void onlyTheThirdFailureInARowTakesDown() {
        assertThat(after(PASS, SLOW, SLOW)).isEqualTo(new WorkerStatus(State.READY, at(1), at(1), at(1), 2));
        assertThat(after(PASS, SLOW, SLOW, SLOW)).isEqualTo(new WorkerStatus(State.DOWN, at(4), at(1), at(1), 3));
        assertThat(after(PASS, SLOW, SLOW, PASS, SLOW, SLOW).state()).isEqualTo(State.READY);
    }

    @Test
    void aRefusedConnectionTakesDownAtOnce() {
        assertThat(after(PASS, GONE)).isEqualTo(new WorkerStatus(State.DOWN, at(2), at(1), at(1), 1));
    }

    @Test
    void aNewcomerMayBeSlowTwice() {
        assertThat(after(SLOW, SLOW).state()).isEqualTo(State.JOINING);
        assertThat(after(SLOW, SLOW, PASS).state()).isEqualTo(State.READY);
        assertThat(after(SLOW, SLOW, SLOW)).isEqualTo(new WorkerStatus(State.DOWN, at(3), null, null, 3));
    }

    @Test
    void downStaysSinceThenUntilAPass() {
        assertThat(after(GONE, SLOW, GONE)).isEqualTo(new WorkerStatus(State.DOWN, at(1), null, null, 3));
        assertThat(after(GONE, SLOW, PASS)).isEqualTo(new WorkerStatus(State.READY, at(3), at(3), at(3), 0));
    }
}
