package dev.foretell.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.cli.child.Child;
import dev.foretell.examples.models.ExampleModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A router, a worker and a host, each with a token in a file: commands send the router's, and so do worker and host. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenTest {
    private static final Duration MAX = Duration.ofMinutes(3);

    @TempDir
    private static Path folder = Path.of("");

    private final List<Child> children = new ArrayList<>();
    private String tokenFile = "";
    private String url = "";

    private static String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private Child child(String... arguments) throws IOException {
        Child child = Child.start(arguments[0], List.of(arguments), folder.resolve(arguments[0] + ".log"));
        children.add(child);
        return child;
    }

    @BeforeAll
    void start() throws Exception {
        tokenFile = file("router.token", "open-sesame-42\n");
        String theirs = file("worker.token", "worker-sesame-7\n");
        String upstream = file("upstream", "Token worker-sesame-7\n");
        url = child(
                        "router",
                        "--port",
                        "0",
                        "--data",
                        folder.resolve("data").toString(),
                        "--token-file",
                        tokenFile,
                        "--set",
                        "http.drain-delay=0s",
                        "--set",
                        "upstream.authorization-file=" + upstream)
                .url();
        child(
                "worker",
                "fib=dev.foretell.examples.Fib::predict",
                "-b",
                "127.0.0.1:0",
                "--router",
                url,
                "--router-token-file",
                tokenFile,
                "--token-file",
                theirs);
        child("host", "--router", url, "--router-token-file", tokenFile, "--token-file", theirs);
        eventually(
                "fib serves",
                () -> Ran.foretell("predict", "--router", url, "fib", """
                        {"n": 2}""").exitCode() == 0);
        eventually("the host is there", () -> with("routes").out().contains("hosts"));
    }

    private static void eventually(String what, java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await()
                .alias(what)
                .atMost(MAX)
                .pollInterval(Duration.ofMillis(50))
                .until(condition);
    }

    @AfterAll
    void stop() {
        children.forEach(Child::close);
    }

    private Ran without(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--router", url));
        return Ran.foretell(all.toArray(String[]::new));
    }

    private Ran with(String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(List.of("--token-file", tokenFile));
        return without(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "routes",
                "routes put @map",
                "routes rm none",
                "routes drain none-1-0",
                "routes undrain none-1-0",
                "models list",
                "models show none",
                "models push @file --name none",
                "models promote none 1",
                "models split none 1=100",
                "models alias none prod 1",
                "models rm none",
                "models download none:1"
            })
    void commandsSendIt(String line) throws IOException {
        String command = line.replace("@map", file("map.json", "{}")).replace("@file", file("none.onnx", "none"));

        Ran refused = without(command.split(" "));
        Ran taken = with(command.split(" "));

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("HTTP 401", "--token-file FILE", "$FORETELL_TOKEN");
        assertThat(taken.err()).doesNotContain("HTTP 401");
    }

    @Test
    void aHostFetchesWhatWasUploaded() throws IOException {
        Path model = Files.write(folder.resolve("iris.onnx"), ExampleModels.iris());

        Ran pushed = with("models", "push", model.toString());

        assertThat(pushed.err()).isEmpty();
        eventually("iris serves", () -> without("predict", "iris", """
                {"values": [5.1, 3.5, 1.4, 0.2]}""").out().contains("""
                        {"values":[0]}"""));
        assertThat(with(
                                "models",
                                "download",
                                "iris:1",
                                "-o",
                                folder.resolve("back.onnx").toString())
                        .exitCode())
                .isZero();
    }

    @Test
    void itIsGivenInOneWayAndItsFileMustHoldIt() throws IOException {
        assertThat(with("routes", "--token", "open-sesame-42").err()).contains("only one of --token and --token-file");
        assertThat(without("routes", "--token-file", folder.resolve("no").toString())
                        .err())
                .contains("--token-file: there is no file");
        assertThat(without("routes", "--token-file", file("empty", "\n")).err()).contains("is empty");
        assertThat(without("routes", "--token", "open-sesame-43").err())
                .contains("HTTP 401")
                .doesNotContain("sesame-43");
    }

    @Test
    void whoRegistersWithoutItIsToldHowToGiveIt() throws IOException {
        Path log = folder.resolve("stranger.log");
        List<String> arguments =
                List.of("worker", "fib=dev.foretell.examples.Fib::predict", "-b", "127.0.0.1:0", "--router", url);
        try (Child stranger = Child.start("worker", arguments, log)) {
            eventually("it says so", () -> stranger.lastWords().contains("$FORETELL_TOKEN"));
        }
        assertThat(log).content().contains("401", "registration.key");
    }

    @Test
    void nobodyIsToldIt() throws IOException {
        for (String name : List.of("router", "worker", "host")) {
            assertThat(folder.resolve(name + ".log")).content().doesNotContain("sesame");
        }
    }
}
