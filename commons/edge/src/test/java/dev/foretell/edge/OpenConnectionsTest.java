package dev.foretell.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenConnectionsTest {
    @ParameterizedTest
    @CsvSource({"10000, 1048576, 120, 10000", "10000, 4096, 120, 1956", "10000, 160, 120, 1", "20, 1024, 100, 20"})
    void leaveHalfOfTheFilesToWorkers(int wanted, long files, long openAlready, int fitting) {
        assertThat(OpenConnections.clamp(wanted, files, openAlready)).isEqualTo(fitting);
    }
}
