package dev.foretell.router.http.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrListTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.0.0.0/8, 9.255.255.255, false",
        "192.168.1.77/24, 192.168.1.1, true",
        "192.168.1.0/25, 192.168.1.128, false",
        "127.0.0.1, 127.0.0.1, true",
        "127.0.0.1, 127.0.0.2, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, ::1, false",
        "200.0.0.0/8, 200.1.2.3, true",
        "::1/128, ::1, true",
        "::1/128, 127.0.0.1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "::/0, 10.0.0.1, false",
        "10.0.0.0/8, worker.example, false",
        "10.0.0.0/8, '', false"
    })
    void knowsWhatIsInARange(String range, String address, boolean inside) {
        assertThat(CidrList.parse(List.of(range)).contains(address)).isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/8/8",
                "h/8",
                "::1/129",
                "localhost"
            })
    void refusesWhatIsNoRange(String text) {
        assertThatThrownBy(() -> CidrList.parse(List.of("10.0.0.0/8", text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void anEmptyListHoldsNobody() {
        assertThat(CidrList.parse(List.of()).contains("127.0.0.1")).isFalse();
    }

    @Test
    void anyOfSeveralRangesWillDo() {
        CidrList list = CidrList.parse(List.of("127.0.0.0/8", "::1/128"));

        assertThat(list.contains("127.9.9.9")).isTrue();
        assertThat(list.contains("0:0:0:0:0:0:0:1")).isTrue();
    }
}
