package dev.foretell.router.models.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.router.models.TrafficPlan;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CanaryRuleTest {
    private static final TrafficPlan.Canary CANARY = new TrafficPlan.Canary(2, 200, 0.05, 2);

    private static VersionStats.Figures figures(int calls, int failed, int millis) {
        VersionStats stats = new VersionStats();
        for (int i = 0; i < calls; i++) {
            if (i < failed) {
                stats.recordFailure(Duration.ofMillis(millis).toNanos());
            } else {
                stats.recordResponse(Duration.ofMillis(millis).toNanos());
            }
        }
        return stats.figures();
    }

    @Test
    void judgesNobodyByFewCalls() {
        assertThat(CanaryRule.breach(CANARY, figures(199, 199, 1), figures(1000, 0, 1)))
                .isEmpty();
        assertThat(CanaryRule.breach(CANARY, figures(200, 200, 1), figures(1000, 0, 1)))
                .isPresent();
    }

    @Test
    void takesBackWhatFailsMoreOftenThanTheOthersByMoreThanAllowed() {
        assertThat(CanaryRule.breach(CANARY, figures(200, 12, 1), figures(1000, 0, 1)))
                .hasValueSatisfying(
                        why -> assertThat(why).contains("version 2", "200 calls", "6.0 % failed", "others' 0.0 %"));
        assertThat(CanaryRule.breach(CANARY, figures(200, 10, 1), figures(1000, 0, 1)))
                .isEmpty();
        assertThat(CanaryRule.breach(CANARY, figures(200, 100, 1), figures(1000, 480, 1)))
                .isEmpty();
    }

    @Test
    void takesBackWhatIsSlowerThanTheOthersByMoreThanAllowed() {
        assertThat(CanaryRule.breach(CANARY, figures(200, 0, 30), figures(1000, 0, 10)))
                .hasValueSatisfying(why -> assertThat(why).contains("p95"));
        assertThat(CanaryRule.breach(CANARY, figures(200, 0, 17), figures(1000, 0, 10)))
                .isEmpty();
    }

    @Test
    void takesBackWhatRefusesMoreThanTheOthersByMoreThanAllowed() {
        assertThat(CanaryRule.breach(CANARY, refusing(200, 30), refusing(1000, 10)))
                .hasValueSatisfying(why -> assertThat(why).contains("it refused 15.0 %", "others 1.0 %"));
        assertThat(CanaryRule.breach(CANARY, refusing(200, 30), refusing(1000, 140)))
                .isEmpty();
        assertThat(CanaryRule.breach(CANARY, refusing(200, 30), VersionStats.Figures.NONE))
                .isEmpty();
    }

    private static VersionStats.Figures refusing(int calls, int refused) {
        VersionStats stats = new VersionStats();
        for (int i = 0; i < calls; i++) {
            if (i < refused) {
                stats.recordRefusal(1_000_000);
            } else {
                stats.recordResponse(1_000_000);
            }
        }
        return stats.figures();
    }

    @Test
    void withoutOthersOnlyFailuresCount() {
        assertThat(CanaryRule.breach(CANARY, figures(200, 0, 1000), figures(5, 0, 1)))
                .isEmpty();
        assertThat(CanaryRule.breach(CANARY, figures(200, 50, 1000), VersionStats.Figures.NONE))
                .isPresent();
    }

    @Test
    void theHistogramIsAFifthOffAtMost() {
        VersionStats stats = new VersionStats();
        for (int i = 0; i < 95; i++) {
            stats.recordResponse(Duration.ofMillis(10).toNanos());
        }
        for (int i = 0; i < 5; i++) {
            stats.recordResponse(Duration.ofSeconds(5).toNanos());
        }

        assertThat(stats.figures().p95Millis()).isBetween(10.0, 12.0);
        assertThat(figures(100, 0, 600_000).p95Millis()).isGreaterThan(60_000);
        assertThat(figures(100, 0, 0).p95Millis()).isLessThan(0.1);
        assertThat(VersionStats.Figures.NONE.p95Millis()).isZero();
    }

    @Test
    void aCanarysShareGoesToTheOthersByTheirWeights() {
        TrafficPlan plan =
                new TrafficPlan(java.util.Map.of(1, 60, 2, 10, 3, 30), CANARY, new TrafficPlan.Shadow(3, 10), null);

        TrafficPlan without = plan.without(2, "why");

        assertThat(without.weights()).isEqualTo(java.util.Map.of(1, 67, 2, 0, 3, 33));
        assertThat(without.canary()).isNull();
        assertThat(without.shadow()).isEqualTo(plan.shadow());
        assertThat(without.note()).isEqualTo("why");
    }
}
