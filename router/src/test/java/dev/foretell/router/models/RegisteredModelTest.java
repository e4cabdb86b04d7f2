package dev.foretell.router.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.commons.failure.ServingException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegisteredModelTest {
    private static final RegisteredModel TWO =
            RegisteredModel.fresh("AI", "iris", 2).plus(version(1)).plus(version(2));

    private static ModelVersion version(int number) {
        return Registered.version(number, "d" + number, List.of(), List.of());
    }

    @Test
    void itsFirstVersionGetsAllCallsAndLaterOnesNone() {
        assertThat(TWO.traffic()).isEqualTo(TrafficPlan.allTo(1));
        assertThat(TWO.history().nextVersion()).isEqualTo(3);
    }

    @Test
    void aVersionInUseStays() {
        RegisteredModel used = TWO.plus(version(3))
                .withPlan(new TrafficPlan(
                        Map.of(1, 95, 2, 5),
                        new TrafficPlan.Canary(2, 200, 0.05, 2),
                        new TrafficPlan.Shadow(3, 10),
                        null))
                .withAliases(Map.of("prod", 1));

        assertThatThrownBy(() -> used.minus(1)).hasMessageContaining("takes 95 % of the calls and is named 'prod'");
        assertThatThrownBy(() -> used.minus(2)).hasMessageContaining("takes 5 % of the calls and is the canary");
        assertThatThrownBy(() -> used.minus(3)).hasMessageContaining("is the shadow");
        assertThatThrownBy(() -> used.minus(4))
                .isInstanceOf(ServingException.class)
                .hasMessageContaining("there are [1, 2, 3]");
    }

    @Test
    void aVersionThatGoesLeavesNoTraceInThePlan() {
        RegisteredModel one = TWO.withPlan(new TrafficPlan(Map.of(1, 100, 2, 0), null, null, null))
                .minus(2);

        assertThat(one.traffic()).isEqualTo(TrafficPlan.allTo(1));
        assertThat(one.plus(version(3)).versions()).containsOnlyKeys(1, 3);
    }

    @Test
    void aChangeNamesWhatDiffersAlone() {
        Models models = new Models(7, Map.of("iris", TWO));

        assertThat(models.change("iris", before -> before).isEmpty()).isTrue();
        assertThat(models.change("other", before -> before).isEmpty()).isTrue();
        ModelsChange gone = models.change("iris", before -> Optional.empty());
        assertThat(models.after(gone)).isEqualTo(new Models(8, Map.of()));
        assertThat(models.uses("d2")).isTrue();
        assertThat(models.uses("d3")).isFalse();
    }
}
