package dev.foretell.router.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.foretell.commons.config.ConfigException;
import dev.foretell.commons.config.ConfigLoader;
import dev.foretell.commons.identity.ModelKey;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionConfigTest {
    private record Root(AdmissionConfig admission) {}

    private static AdmissionConfig load(String settings) {
        Root defaults = new Root(AdmissionConfig.defaults());
        return ConfigLoader.load(defaults, "admission: {" + settings + "}", Map.of(), Map.of())
                .admission();
    }

    @Test
    void aModelMayHaveALimitOfItsOwn() {
        AdmissionConfig config = load("limit: adaptive, max-concurrent: 10, models: {AI/fib: 64}");

        assertThat(config.limitOf(new ModelKey("AI", "fib"))).isEqualTo(new FixedLimit(64));
        assertThat(config.limitOf(new ModelKey("AI", "other"))).isInstanceOf(AdaptiveLimit.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "models: {fib: 64}|models must be named type/model",
                "models: {AI/fib: 0}|at least 1",
                "models: {AI/fib: many}|must be a whole number",
                "max-concurrent: 0|at least 1",
                "queue: -1|queue must be from 0 to 1000",
                "max-wait: 0ms|max-wait from 1ms to 1h",
                "max-wait: 61m|max-wait from 1ms to 1h",
                "limit: some|must be one of none, fixed, adaptive"
            })
    void refusesWhatMakesNoSense(String settings, String problem) {
        assertThatThrownBy(() -> load(settings))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(problem);
    }
}
