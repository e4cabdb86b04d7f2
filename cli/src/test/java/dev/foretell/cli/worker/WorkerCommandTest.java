package dev.foretell.cli.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foretell.cli.Ran;
import dev.foretell.cli.child.Child;
import dev.foretell.cli.client.RouterHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerCommandTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void servesASourceFileAndEndsWithExitCodeZeroWhenTold() throws IOException, InterruptedException {
        Path source = Files.writeString(
                folder.resolve("Twice.java"), "class Twice { static int twice(int n) { return 2 * n; } }");

        try (Child worker = Child.start(
                "worker", List.of("worker", source.toString(), "-b", "127.0.0.1:0"), folder.resolve("worker.log"))) {
            assertThat(new RouterHttp(worker.url()).post("/twice", """
                    {"n": 21}""").body()).isEqualTo("42");

            worker.close();

            assertThat(worker.exitCode()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"worker dev.foretell.examples.Fib::predict", "host --router http://127.0.0.1:1"})
    void aTakenPortIsOneClearLine(String command) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String address = "127.0.0.1:" + taken.getLocalPort();

            Ran ran = Ran.foretell((command + " -b " + address).split(" "));

            assertThat(ran.exitCode()).isEqualTo(1);
            assertThat(ran.err())
                    .hasLineCount(1)
                    .contains("port " + taken.getLocalPort() + " of 127.0.0.1 is taken", "-b HOST:PORT");
        }
    }

    @Test
    void severalRoutersMayBeGivenOneByOne() {
        Ran worker = Ran.foretell(
                "worker", "com.acme.Fib::predict", "--router", "http://a:1", "--router", "b:2", "--router", "c:3");

        assertThat(worker.err()).contains("'b:2', 'c:3'").doesNotContain("http://a:1");
    }

    @Test
    void aFunctionThatIsNotThereIsWrongUsage() {
        Ran worker = Ran.foretell("worker", "com.acme.Nothing::predict", "-b", "127.0.0.1:0");

        assertThat(worker.exitCode()).isEqualTo(2);
        assertThat(worker.err()).contains("com.acme.Nothing").doesNotContain("\tat ");
    }

    @Test
    void noFunctionAndNoAddressAreWrongUsage() {
        assertThat(Ran.foretell("worker").exitCode()).isEqualTo(2);
        assertThat(Ran.foretell("worker", "com.acme.Fib::predict", "-b", "nowhere")
                        .err())
                .contains("HOST:PORT");
    }
}
