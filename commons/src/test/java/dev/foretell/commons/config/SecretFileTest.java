package dev.foretell.commons.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret may stand in a file, wherever the file is named; an error message about it does not contain it. */
class SecretFileTest {
    private static final Config DEFAULTS = new Config(new Http(1, null, ""));

    @TempDir
    Path folder;

    record Config(Http http) {}

    record Http(
            int port,
            @Secret @Nullable String token,
            @Secret String apiKey) {}

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("secret"), text).toString();
    }

    private static Http load(String yaml, Map<String, String> environment, Map<String, String> flags) {
        return ConfigLoader.load(DEFAULTS, yaml, environment, flags).http();
    }

    private static void refused(Map<String, String> flags, String... words) {
        assertThatThrownBy(() -> load("", Map.of(), flags))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(words)
                .hasMessageNotContaining("hush");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hush", "hush\n", "hush\r\n", " hush \n\n"})
    void aLinesEndIsNoPartOfIt(String text) throws IOException {
        assertThat(load("", Map.of(), Map.of("http.token-file", file(text))).token())
                .isEqualTo("hush");
    }

    @Test
    void isNamedByFlagEnvironmentOrFile() throws IOException {
        String file = file("hush");

        assertThat(load("http:\n  token-file: " + file, Map.of(), Map.of()).token())
                .isEqualTo("hush");
        assertThat(load("", Map.of("FORETELL_HTTP_API_KEY_FILE", file), Map.of())
                        .apiKey())
                .isEqualTo("hush");
        assertThat(load("http:\n  token-file: ${ENV:WHERE}", Map.of("WHERE", file), Map.of())
                        .token())
                .isEqualTo("hush");
        assertThat(load("http:\n  token-file:\n  api-key-file: ''\n", Map.of(), Map.of()))
                .isEqualTo(DEFAULTS.http());
    }

    @Test
    void whatIsStrongerWinsWhicheverWayItIsSaid() throws IOException {
        String file = file("hush");

        assertThat(load("http:\n  token: weak", Map.of("FORETELL_HTTP_TOKEN_FILE", file), Map.of())
                        .token())
                .isEqualTo("hush");
        assertThat(load("", Map.of("FORETELL_HTTP_TOKEN_FILE", file), Map.of("http.token", "strong"))
                        .token())
                .isEqualTo("strong");
    }

    @Test
    void isSetOnceInOnePlace() throws IOException {
        refused(Map.of("http.token", "hush", "http.token-file", file("x")), "http.token: only one", "http.token-file");
    }

    @Test
    void whatIsWrongIsSaid() throws IOException {
        refused(Map.of("http.token-file", folder.resolve("none").toString()), "http.token-file: there is no file");
        refused(Map.of("http.token-file", folder.toString()), "http.token-file:", "is a folder");
        refused(Map.of("http.token-file", file(" \n")), "http.token-file:", "is empty");
        refused(Map.of("http.token-file", file("hush\nhush\n")), "http.token-file:", "more than one line");
        refused(
                Map.of("http.token-file", file("hush".repeat(20_000))),
                "http.token-file:",
                "is longer than 65536 bytes");
        refused(Map.of("http.token-file", "/dev/zero"), "http.token-file:", "a pipe or a device");
        Files.write(folder.resolve("secret"), new byte[] {(byte) 0xff, 1});
        refused(Map.of("http.token-file", folder.resolve("secret").toString()), "http.token-file:", "is not a text");
    }

    @Test
    void onlySecretsHaveFiles() {
        refused(Map.of("http.port-file", "x"), "http.port-file: unknown setting", "token-file");
        assertThat(ConfigLoader.secrets(DEFAULTS)).containsExactly("http.api-key", "http.token");
        assertThat(ConfigLoader.settings(DEFAULTS))
                .isEqualTo(List.of("http.port", "http.token", "http.api-key", "http.api-key-file", "http.token-file"));
        assertThat(ConfigLoader.variables(DEFAULTS)).contains("FORETELL_HTTP_TOKEN_FILE");
    }
}
