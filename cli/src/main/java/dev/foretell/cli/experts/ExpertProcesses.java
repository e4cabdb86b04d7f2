package dev.foretell.cli.experts;

import dev.foretell.cli.child.Child;
import dev.foretell.cli.options.RouterToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The discovery service and the model services that one command starts; they end with it. */
final class ExpertProcesses implements AutoCloseable {
    private final Path data;
    private final List<KeptExpert> experts = new ArrayList<>();
    private @Nullable Child router;

    /** @param data the folder of the router's state, the experts' models and all logs */
    ExpertProcesses(Path data) {
        this.data = data;
    }

    /** The folder of one expert. */
    private static Path folder(Path data, String id) {
        return data.resolve("experts").resolve(id);
    }

    /** The folder of one expert's models. */
    static Path models(Path data, String id) {
        return folder(data, id).resolve("models");
    }

    /** Starts a router; returns its URL. */
    String startDiscovery(int port) throws IOException, InterruptedException {
        List<String> arguments = List.of("router", "--port", String.valueOf(port), "--data", data.toString());
        router = start(
                "router",
                arguments,
                Files.createDirectories(data.resolve("experts")).resolve("router.log"),
                "");
        return router.url();
    }

    /**
     * Starts all experts at once, and one that dies again; returns the URL of each when all are registered.
     *
     * @param token of the router; empty for none
     * @param news is told in a sentence what became of one that died
     */
    Map<String, String> startExperts(int count, String router, String token, Consumer<String> news)
            throws IOException, InterruptedException {
        Map<String, KeptExpert> started = new LinkedHashMap<>();
        for (int number = 0; number < count; number++) {
            String id = String.valueOf(number);
            Files.createDirectories(folder(data, id));
            KeptExpert expert = new KeptExpert(id, (port, start) -> start(id, router, token, port, start));
            experts.add(expert);
            started.put(id, expert);
        }
        Map<String, String> urls = new LinkedHashMap<>();
        for (Map.Entry<String, KeptExpert> expert : started.entrySet()) {
            urls.put(expert.getKey(), expert.getValue().url());
        }
        started.forEach((id, expert) -> expert.keep(urls.getOrDefault(id, ""), news));
        return urls;
    }

    /** Each start in a row has a log of its own, so that the reason of an end is not lost. */
    private Child start(String id, String router, String token, int port, int start) throws IOException {
        List<String> arguments = List.of(
                "expert",
                id,
                "--router",
                router,
                "-b",
                "127.0.0.1:" + port,
                "--models",
                models(data, id).toString());
        return start(
                "expert",
                arguments,
                folder(data, id).resolve(start == 1 ? "expert.log" : "expert-" + start + ".log"),
                token);
    }

    private static Child start(String name, List<String> arguments, Path log, String token) throws IOException {
        List<String> all = new ArrayList<>(arguments);
        all.add("--exit-with-parent");
        return Child.start(name, all, log, token.isEmpty() ? Map.of() : Map.of(RouterToken.VARIABLE, token));
    }

    /** Experts leave the router's map before the router ends. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        experts.parallelStream().forEach(KeptExpert::close);
        Child discovery = router;
        if (discovery != null) {
            discovery.close();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
