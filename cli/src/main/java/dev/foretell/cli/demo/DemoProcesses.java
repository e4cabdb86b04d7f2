package dev.foretell.cli.demo;

import dev.foretell.cli.child.Child;
import dev.foretell.cli.client.RouterHttp;
import dev.foretell.examples.models.ExampleModels;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The processes of the demo: a router, two workers and two model hosts, with state and logs in a temporary folder,
 * which is deleted at the end.
 */
final class DemoProcesses implements AutoCloseable {
    private static final List<String> FUNCTIONS =
            List.of("fib=dev.foretell.examples.Fib::predict", "iris=dev.foretell.examples.Iris::classify");

    private final Path folder;
    private final List<Child> children = new ArrayList<>();
    private final List<Child> workers = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();
    private String routerUrl = "";

    DemoProcesses() throws IOException {
        folder = Files.createTempDirectory("foretell-demo");
    }

    /** Starts all of them at once and waits until each listens. */
    void start(int port) throws IOException, InterruptedException {
        String data = folder.resolve("data").toString();
        Child router = child(
                "router",
                List.of("router", "--port", String.valueOf(port), "--data", data, "--set", "http.drain-delay=0s"));
        workers.add(worker(0));
        workers.add(worker(0));
        ExampleModels.write(models());
        routerUrl = router.url();
        host();
        host();
        for (Child worker : workers) {
            ports.add(URI.create(worker.url()).getPort());
        }
    }

    /** A host listens before it registers at the router; nobody waits for it here. */
    private void host() throws IOException {
        child("host", List.of("host", "--router", routerUrl, "-b", "127.0.0.1:0"));
    }

    /** The folder of the example models. */
    Path models() {
        return folder.resolve("models");
    }

    /** Starts another worker on the second one's port. */
    void replaceSecondWorker() throws IOException, InterruptedException {
        workers.set(1, worker(ports.get(1)));
        secondWorker().url();
    }

    /** The workers' ports. */
    List<Integer> ports() {
        return List.copyOf(ports);
    }

    Child secondWorker() {
        return workers.get(1);
    }

    RouterHttp router() {
        return new RouterHttp(routerUrl);
    }

    private Child worker(int port) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("worker", "-b", "127.0.0.1:" + port));
        arguments.addAll(FUNCTIONS);
        return child("worker", arguments);
    }

    private Child child(String name, List<String> arguments) throws IOException {
        List<String> all = new ArrayList<>(arguments);
        all.add("--exit-with-parent");
        Child child = Child.start(name, all, folder.resolve(name + "-" + children.size() + ".log"));
        children.add(child);
        return child;
    }

    /** The ends of all logs, for a failed step. */
    String lastWords() throws IOException {
        StringBuilder words = new StringBuilder();
        for (Child child : children) {
            words.append("\n---- pid ").append(child.pid()).append('\n').append(child.lastWords());
        }
        return words.toString();
    }

    @Override
    public void close() throws IOException {
        boolean interrupted = Thread.interrupted();
        children.stream().parallel().forEach(Child::close);
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
