package dev.foretell.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.InvalidTypeException;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A router that cannot go on ends, with a line that says why, rather than accept connections and stay silent. */
class LastWordsTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Pattern LISTENING = Pattern.compile("listening on http://127.0.0.1:(\\d+)");
    private static final Pattern READY = Pattern.compile("Ready: (\\d+) models?");
    private static final Pattern DEBUGGED = Pattern.compile("dt_socket at address: (\\d+)");

    @TempDir
    private Path folder = Path.of("");

    private final List<Process> started = new ArrayList<>();
    private final List<Socket> held = new ArrayList<>();

    @AfterEach
    void kill() throws IOException {
        started.forEach(Process::destroyForcibly);
        for (Socket socket : held) {
            socket.close();
        }
    }

    /** On demand: each refusal of direct memory costs a collection and pauses, so that on a busy machine the end is minutes away. */
    @Test
    @EnabledIfSystemProperty(named = "foretell.out-of-memory", matches = "true")
    void aRouterWithoutDirectMemoryEnds() throws Exception {
        Process router = start("dev.foretell.e2e.RouterWithoutMemory", "-XX:MaxDirectMemorySize=32m");
        int port = awaited(LISTENING);
        awaited(READY);

        router.getOutputStream().write('\n');
        router.getOutputStream().flush();
        await().atMost(LONG)
                .untilAsserted(() -> assertThat(hasEnded(router, () -> send(port)))
                        .as(Files.readString(log()))
                        .isTrue());

        assertThat(router.exitValue()).isEqualTo(3);
        assertThat(lastWords()).startsWith("foretell ends, exit code 3: An event loop has no memory left: ");
    }

    @Test
    void aRouterOneOfWhoseEventLoopsDiesEnds() throws Exception {
        Process router = start(
                "dev.foretell.cli.Foretell",
                "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0");
        awaited(LISTENING);
        VirtualMachine machine = debugged(awaited(DEBUGGED));

        await().atMost(LONG).until(() -> hasEnded(router, () -> killLoop(machine)));

        assertThat(router.exitValue()).isEqualTo(3);
        assertThat(lastWords())
                .startsWith("foretell ends, exit code 3: An event loop has died: vert.x-eventloop-thread-");
    }

    private Process start(String main, String option) throws IOException {
        Process router = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m", // as the launcher says: each refusal of direct memory costs a full collection
                        "-Dforetell.launcher=" + folder.resolve("foretell"),
                        option,
                        "-cp",
                        System.getProperty("java.class.path"),
                        main,
                        "router",
                        "--port",
                        "0",
                        "--data",
                        folder.resolve("data").toString())
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start();
        started.add(router);
        return router;
    }

    private int awaited(Pattern line) {
        await().atMost(LONG).until(() -> line.matcher(Files.readString(log())).find());
        return found(line);
    }

    private int found(Pattern line) {
        try {
            Matcher matcher = line.matcher(Files.readString(log()));
            assertThat(matcher.find()).isTrue();
            return Integer.parseInt(matcher.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean hasEnded(Process router, Runnable cause) {
        cause.run();
        return !router.isAlive();
    }

    /** One more body that is not whole yet, whatever becomes of it: what the router still has is used up by them. */
    private void send(int port) {
        try {
            Socket socket = new Socket();
            held.add(socket);
            socket.setSendBufferSize(200_000); // so that nobody waits for a router that reads no more
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            socket.getOutputStream()
                    .write("POST /v1/AI_model/predict HTTP/1.1\r\nHost: r\r\nContent-Length: 100000\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(new byte[90_000]);
        } catch (IOException e) {
            assertThat(e).isNotNull();
        }
    }

    /** What nobody catches: an error, thrown from outside wherever an event loop just is. */
    private static void killLoop(VirtualMachine machine) {
        try {
            ObjectReference error = machine.classesByName("java.lang.OutOfMemoryError")
                    .get(0)
                    .instances(1)
                    .get(0);
            for (ThreadReference thread : machine.allThreads()) {
                if (thread.name().startsWith("vert.x-eventloop-thread-")) {
                    thread.stop(error);
                    return;
                }
            }
        } catch (VMDisconnectedException | IllegalThreadStateException e) {
            assertThat(e).isNotNull(); // it ends
        } catch (InvalidTypeException e) {
            throw new AssertionError(e);
        }
    }

    private static VirtualMachine debugged(int port) throws Exception {
        AttachingConnector connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(known -> known.name().equals("com.sun.jdi.SocketAttach"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        arguments.get("hostname").setValue("127.0.0.1");
        arguments.get("port").setValue(Integer.toString(port));
        return connector.attach(arguments);
    }

    /** Said once. The JVM itself may add a line on a thread that died meanwhile. */
    private String lastWords() throws IOException {
        List<String> words = Files.readAllLines(log()).stream()
                .filter(line -> line.startsWith("foretell ends"))
                .toList();
        assertThat(words).as(Files.readString(log())).hasSize(1);
        return words.get(0);
    }

    private Path log() {
        return folder.resolve("log");
    }
}
