package dev.foretell.commons.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorityTest {
    @ParameterizedTest
    @CsvSource({
        "localhost, localhost, -1",
        "LocalHost.:8000, localhost, 8000",
        "127.0.0.1:1, 127.0.0.1, 1",
        "127.0.0.1., 127.0.0.1, -1",
        "[::1]:8000, 0:0:0:0:0:0:0:1, 8000",
        "[0:0::1], 0:0:0:0:0:0:0:1, -1",
        "[::ffff:127.0.0.1]:80, 127.0.0.1, 80",
        "my_service:8000, my_service, 8000",
        "127.0.0.1.evil.example, 127.0.0.1.evil.example, -1"
    })
    void hasOneSpelling(String text, String host, int port) {
        Authority authority = Authority.ofHost(text).orElseThrow();

        assertThat(authority.host()).isEqualTo(host);
        assertThat(authority.port()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ":80",
                "localhost@evil.example",
                "user@localhost",
                "localhost:80:80",
                "localhost:x",
                "localhost, evil.example",
                "localhost/",
                "[::1",
                "[fe80::1%25eth0]",
                "[1.2.3]",
                "lоcalhost"
            })
    void isNotWhatNoHostHeaderMayBe(String text) {
        assertThat(Authority.ofHost(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST.",
                "a.localhost:1",
                "127.0.0.1",
                "127.255.0.9:80",
                "[::1]",
                "[::ffff:7f00:1]"
            })
    void isLoopbackWhereNoResolverCanSayOtherwise(String text) {
        assertThat(Authority.ofHost(text).orElseThrow().isLoopback()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "notlocalhost",
                "127.0.0.1.nip.io",
                "127.1",
                "0177.0.0.1",
                "0.0.0.0",
                "10.0.0.1",
                "[::2]"
            })
    void isNotLoopbackOtherwise(String text) {
        assertThat(Authority.ofHost(text).orElseThrow().isLoopback()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8000, localhost, 8000",
        "http://Localhost, localhost, 80",
        "HTTPS://router.example, router.example, 443",
        "http://[::1]:9, 0:0:0:0:0:0:0:1, 9"
    })
    void ofAnOriginHasAPort(String origin, String host, int port) {
        Authority authority = Authority.ofOrigin(origin).orElseThrow();

        assertThat(authority.host()).isEqualTo(host);
        assertThat(authority.port()).isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "",
                "file://",
                "chrome-extension://abc",
                "http://",
                "http://a http://b",
                "http://localhost/",
                "http://user@localhost",
                "localhost:8000"
            })
    void isOfNoOriginThatIsNoWebPage(String origin) {
        assertThat(Authority.ofOrigin(origin)).isEmpty();
    }
}
