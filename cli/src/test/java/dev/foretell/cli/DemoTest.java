package dev.foretell.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class DemoTest {
    @Test
    void everyStepOfTheTourHolds() {
        Ran demo = Ran.foretell("demo", "--once", "--port", "0");

        assertThat(demo.err()).isEmpty();
        assertThat(demo.out()).doesNotContain("✗").contains("200 calls, 0 failed", "1 READY, 1 DOWN");
        assertThat(demo.exitCode()).isZero();
    }

    @Test
    void aTakenPortIsOneClearLine() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            Ran demo = Ran.foretell("demo", "--once", "--port", String.valueOf(taken.getLocalPort()));

            assertThat(demo.exitCode()).isEqualTo(1);
            assertThat(demo.err()).hasLineCount(1).contains("is taken", "--port 0");
        }
    }
}
