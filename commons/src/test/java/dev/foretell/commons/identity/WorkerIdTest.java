package dev.foretell.commons.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerIdTest {
    @Test
    void readsAsHostPortAndLocalId() {
        assertThat(new WorkerId("localhost", 9001, 0)).hasToString("localhost-9001-0");
        assertThat(new WorkerId("::1", 65_535, 7)).hasToString("::1-65535-7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "a",
                "worker-1.example.com",
                "10.0.0.1",
                "::1",
                "2001:db8::1",
                "::ffff:10.0.0.1",
                "stack_worker_1",
                "_dns.example",
                "3com",
                "1.2.3.x"
            })
    void takesNamesAndAddresses(String host) {
        assertThat(new WorkerId(host, 1, 0).host()).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a/b",
                "http://h",
                "h:",
                "[::1]",
                "-h",
                "h-",
                "h\n",
                "ü",
                "h@x",
                "a..b",
                "a:1",
                "1.2.3",
                "7",
                "1.2.3.400",
                "a.1",
                ":",
                "1::2::3"
            })
    void refusesWhatIsNoHost(String host) {
        assertThatThrownBy(() -> new WorkerId(host, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aHostAsLongAsABodyIsCutWhereItIsRefused() {
        assertThatThrownBy(() -> new WorkerId("x".repeat(1_000_000), 1, 0))
                .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(100));
    }

    @Test
    void refusesPortsAndLocalIdsOutOfRange() {
        assertThatThrownBy(() -> new WorkerId("h", 0, 0)).hasMessage("port 0 is not between 1 and 65535");
        assertThatThrownBy(() -> new WorkerId("h", 65_536, 0)).hasMessageContaining("65536");
        assertThatThrownBy(() -> new WorkerId("h", 1, -1)).hasMessage("local_worker_id -1 is negative");
    }
}
