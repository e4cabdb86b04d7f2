package dev.foretell.worker.spark;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses of clusters before Spark tries them. */
class ClusterAddressTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            spark://127.0.0.1:1              | Connection refused
            spark://[::1]:1                  | refused
            spark://nowhere.invalid:7077     | unknown host
            spark://127.0.0.1                | it must end with a port
            spark://127.0.0.1:99999          | it must end with a port
            spark://127.0.0.1:1,nowhere.invalid:1 | Connection refused, unknown host
            """)
    void wrongOnesAreRefusedInASentence(String master, String reason) {
        assertThatThrownBy(() -> new ClusterAddress(master).requireListener())
                .hasMessageStartingWith("no Spark answers at " + master + " (")
                .hasMessageContaining(reason)
                .hasMessageEndingWith("or leave it out for the trainer's own machine");
    }

    @Test
    void oneOfTwoThatListensIsEnough() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String master = "spark://127.0.0.1:1,127.0.0.1:" + listener.getLocalPort();

            assertThatCode(() -> new ClusterAddress(master).requireListener()).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"local[*]", "yarn", "k8s://https://127.0.0.1:1"})
    void otherMastersAreTakenAtTheirWord(String master) {
        assertThatCode(() -> new ClusterAddress(master).requireListener()).doesNotThrowAnyException();
    }
}
