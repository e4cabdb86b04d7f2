package dev.foretell.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class HelpTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "demo",
                "router",
                "router start",
                "router stop",
                "router status",
                "worker",
                "host",
                "routes",
                "routes put",
                "routes rm",
                "routes drain",
                "routes undrain",
                "predict",
                "bench",
                "models",
                "models list",
                "models show",
                "models push",
                "models promote",
                "models split",
                "models alias",
                "models rm",
                "models download",
                "ensembles",
                "ensembles list",
                "ensembles show",
                "ensembles put",
                "ensembles rm",
                "experts",
                "experts train",
                "experts test",
                "experts aggregate",
                "expert",
                "top",
                "events",
                "state",
                "state backup",
                "state restore",
                "completion"
            })
    void everyCommandTeachesByExample(String command) {
        Ran help = Ran.foretell((command + " --help").strip().split(" "));

        assertThat(help.exitCode()).isZero();
        assertThat(help.out())
                .contains("Examples:", "foretell " + command)
                .as("URLs are whole, to be copied")
                .doesNotContainPattern("(?m)://\\S*:$");
    }

    @Test
    void noExampleIsLongerThanATerminal() {
        assertThat(examples(Foretell.commandLine()))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    /** A lone word after a semicolon is a riddle. */
    @Test
    void everyDefaultIsSaidToBeOne() {
        assertThat(options(Foretell.commandLine()))
                .isNotEmpty()
                .allSatisfy(text -> assertThat(text).doesNotContainPattern("; [^ $]+\\.$"));
    }

    private static Stream<String> options(CommandLine command) {
        return Stream.concat(
                command.getCommandSpec().args().stream().map(argument -> String.join(" ", argument.description())),
                command.getSubcommands().values().stream().flatMap(HelpTest::options));
    }

    private static Stream<String> examples(CommandLine command) {
        return Stream.concat(
                Stream.of(command.getCommandSpec().usageMessage().footer()).filter(line -> line.startsWith("  ")),
                command.getSubcommands().values().stream().flatMap(HelpTest::examples));
    }

    /** A list of commands shows only the first line of each description. */
    @Test
    void theFirstLineOfADescriptionIsAWholeSentence() {
        assertThat(firstLines(Foretell.commandLine()))
                .allSatisfy(line -> assertThat(line.replace("%n", "")).endsWith("."));
    }

    private static Stream<String> firstLines(CommandLine command) {
        return Stream.concat(
                Stream.of(command.getCommandSpec().usageMessage().description()).limit(1),
                command.getSubcommands().values().stream().flatMap(HelpTest::firstLines));
    }

    @Test
    void noCommandOrAWrongOneIsWrongUsage() {
        assertThat(Ran.foretell().exitCode()).isEqualTo(2);
        assertThat(Ran.foretell("ruoter").err()).contains("router");
        assertThat(Ran.foretell("predict", "--frobnicate").exitCode()).isEqualTo(2);
    }

    @Test
    void wrongUsageIsASentenceAndNotTheWholeHelp() {
        assertThat(Ran.foretell("predict", "--router", "http://a", "--router", "http://b", "fib", "{}")
                        .err())
                .hasLineCount(1)
                .contains("'--router'", "see foretell predict --help");
        assertThat(Ran.foretell("state").err()).contains("Usage: foretell state");
    }

    @Test
    void saysItsVersion() {
        Ran version = Ran.foretell("--version");

        assertThat(version.exitCode()).isZero();
        assertThat(version.out()).startsWith("foretell ").contains("Java " + Runtime.version());
    }

    @Test
    void theCompletionScriptIsOneThatBashTakes() throws IOException, InterruptedException {
        String script = Ran.foretell("completion").out();
        Process bash = new ProcessBuilder("bash", "-n").start();

        bash.getOutputStream().write(script.getBytes(StandardCharsets.UTF_8));
        bash.getOutputStream().close();

        assertThat(script).contains("predict", "--timeout-ms");
        assertThat(bash.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(bash.exitValue()).isZero();
    }
}
