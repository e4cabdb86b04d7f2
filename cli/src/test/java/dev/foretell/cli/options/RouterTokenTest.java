package dev.foretell.cli.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class RouterTokenTest {
    @TempDir
    private Path folder = Path.of("");

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("token"), text).toString();
    }

    @Test
    void flagsWinOverTheEnvironment() throws IOException {
        Map<String, String> environment = Map.of("FORETELL_TOKEN", "environments");

        assertThat(RouterToken.of("flags", null, environment)).isEqualTo("flags");
        assertThat(RouterToken.of(null, file("files\n"), environment)).isEqualTo("files");
        assertThat(RouterToken.of(null, null, environment)).isEqualTo("environments");
        assertThat(RouterToken.of(null, null, Map.of("FORETELL_TOKEN_FILE", file("files"))))
                .isEqualTo("files");
        assertThat(RouterToken.of(null, null, Map.of())).isEmpty();
    }

    @Test
    void theEnvironmentSaysItOnce() {
        assertThatThrownBy(() ->
                        RouterToken.of(null, null, Map.of("FORETELL_TOKEN", "one", "FORETELL_TOKEN_FILE", "/another")))
                .hasMessageContaining("only one of $FORETELL_TOKEN and $FORETELL_TOKEN_FILE");
        assertThatThrownBy(() -> RouterToken.of(null, null, Map.of("FORETELL_TOKEN_FILE", "/none/such")))
                .hasMessageContaining("$FORETELL_TOKEN_FILE: there is no file /none/such");
    }

    @Test
    void workersRegisterWithTheEnvironmentsUnlessTheirSettingsSayWithWhat() {
        Map<String, String> environment = Map.of("FORETELL_TOKEN", "environments");

        assertThat(flagsAfter(Map.of(), environment)).containsExactly(Map.entry("registration.key", "environments"));
        assertThat(flagsAfter(Map.of("registration.key-file", "f"), environment))
                .containsOnlyKeys("registration.key-file");
        assertThat(flagsAfter(Map.of(), Map.of("FORETELL_TOKEN", "a", "FORETELL_REGISTRATION_KEY_FILE", "b")))
                .isEmpty();
        assertThat(flagsAfter(Map.of(), Map.of())).isEmpty();
    }

    private static Map<String, String> flagsAfter(Map<String, String> before, Map<String, String> environment) {
        Map<String, String> flags = new HashMap<>(before);
        RouterToken.addTo(flags, environment);
        return flags;
    }

    @Command
    private static final class Start {
        @Mixin
        private RouterOptions options = new RouterOptions();
    }

    @Test
    void aRouterInTheBackgroundHasItsSecretsInItsEnvironment() {
        Start start = new Start();
        new CommandLine(start)
                .parseArgs("--port", "1", "--set", "http.token=hush-hush-1", "--redis", "redis://:hush-hush-2@h:1");
        Map<String, String> environment = new HashMap<>(Map.of("FORETELL_HTTP_TOKEN_FILE", "overridden"));

        start.options.putSecrets(environment);

        assertThat(start.options.arguments()).contains("http.port=1").noneMatch(word -> word.contains("hush"));
        assertThat(environment)
                .containsOnly(
                        Map.entry("FORETELL_HTTP_TOKEN", "hush-hush-1"),
                        Map.entry("FORETELL_REDIS_ADDRESS", "redis://:hush-hush-2@h:1"));
    }
}
