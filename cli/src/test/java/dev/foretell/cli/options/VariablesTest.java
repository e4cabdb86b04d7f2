package dev.foretell.cli.options;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariablesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "FORETELL_HTTP_PORT",
                "FORETELL_HTTP_DRAIN_DELAY",
                "FORETELL_HTTP_TOKEN",
                "FORETELL_EXECUTION_THREADS",
                "FORETELL_JAVA_OPTS",
                "FORETELL_LOG_FORMAT",
                "FORETELL_LOG_LEVEL"
            })
    void routersWorkersAndTheLauncherShareThem(String name) {
        assertThat(Variables.isKnown(name, Map.of())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "FORETELL_SERVICE_HOST, 10.0.0.1",
        "FORETELL_ROUTER_SERVICE_PORT_HTTP, 8000",
        "FORETELL_PORT, tcp://10.0.0.1:8000",
        "FORETELL_PORT_8000_TCP_ADDR, 10.0.0.1"
    })
    void whatKubernetesSetsIsNoMistake(String name, String value) {
        assertThat(Variables.isKnown(name, Map.of(name, value))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FORETELL_HTTP_PROT", "FORETELL_PORT", "FORETELL_X"})
    void anythingElseIsOne(String name) {
        assertThat(Variables.isKnown(name, Map.of(name, "8000"))).isFalse();
    }
}
