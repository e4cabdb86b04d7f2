package dev.foretell.cli.experts;

import dev.foretell.cli.child.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The discovery service and the model services that one command starts; they end with it, the last one first. */
final class ExpertProcesses implements AutoCloseable {
    private final Path data;
    private final Deque<Child> children = new ArrayDeque<>();

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
        return start(
                        "router",
                        arguments,
                        Files.createDirectories(data.resolve("experts")).resolve("router.log"))
                .url();
    }

    /** Starts all experts at once; returns the URL of each when all are registered. */
    Map<String, String> startExperts(int count, String router) throws IOException, InterruptedException {
        Map<String, Child> experts = new LinkedHashMap<>();
        for (int number = 0; number < count; number++) {
            String id = String.valueOf(number);
            Path folder = Files.createDirectories(folder(data, id));
            List<String> arguments = List.of(
                    "expert",
                    id,
                    "--router",
                    router,
                    "--models",
                    models(data, id).toString());
            experts.put(id, start("expert", arguments, folder.resolve("expert.log")));
        }
        Map<String, String> urls = new LinkedHashMap<>();
        for (Map.Entry<String, Child> expert : experts.entrySet()) {
            urls.put(expert.getKey(), expert.getValue().url());
        }
        return urls;
    }

    private Child start(String name, List<String> arguments, Path log) throws IOException {
        List<String> all = new ArrayList<>(arguments);
        all.add("--exit-with-parent");
        Child child = Child.start(name, all, log);
        children.push(child);
        return child;
    }

    /** Experts leave the router's map before the router ends. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        List<Child> latestFirst = List.copyOf(children);
        int experts = Math.max(0, latestFirst.size() - 1);
        latestFirst.subList(0, experts).parallelStream().forEach(Child::close);
        latestFirst.subList(experts, latestFirst.size()).forEach(Child::close);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
