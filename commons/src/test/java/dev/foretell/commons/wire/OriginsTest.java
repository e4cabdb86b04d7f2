package dev.foretell.commons.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
    @Test
    void areSpelledAsBrowsersSendThem() {
        assertThat(Origins.check(List.of(
                        "*",
                        "HTTPS://Page.Example",
                        "https://page.example:443",
                        "http://localhost:3000",
                        "http://localhost:80",
                        "http://[::1]:3000",
                        "capacitor://localhost")))
                .containsExactly(
                        "*",
                        "https://page.example",
                        "https://page.example",
                        "http://localhost:3000",
                        "http://localhost",
                        "http://[::1]:3000",
                        "capacitor://localhost");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "page.example",
                "https://page.example/",
                "https://page.example/app",
                "https://*.example",
                "localhost:3000",
                "null",
                "any",
                "https://",
                "https://page.example:https",
                "https://a.example https://b.example",
            })
    void areRefusedWhereNoBrowserCouldSendThem(String text) {
        assertThatThrownBy(() -> Origins.check(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("allow-origins must be origins like https://page.example or")
                .hasMessageEndingWith("not '" + text + "'");
    }
}
