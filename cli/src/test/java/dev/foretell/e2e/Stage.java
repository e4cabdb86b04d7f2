package dev.foretell.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.edge.EventLoops;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/** One router and one healthy worker, as processes, on which one fault after the other is brought about. */
final class Stage implements AutoCloseable {
    private final Path folder;
    private final String transport;
    private final @Nullable WallClock clock;
    private final Child healthy;
    private Child router;

    Stage(Path folder, EventLoops transport) {
        this(folder, transport, null);
    }

    /** @param clock the wall clock of all processes; null for the machine's */
    Stage(Path folder, EventLoops transport, @Nullable WallClock clock) {
        this.folder = folder;
        this.clock = clock;
        this.transport = "http.event-loops=" + transport.name().toLowerCase(Locale.ROOT);
        this.healthy = worker(0);
        this.router = router(0);
        try {
            awaitReady();
        } catch (RuntimeException e) {
            close(); // nobody else knows of its processes
            throw e;
        }
    }

    /** A worker as a process; port 0 for a free one. */
    Child worker(int port) {
        return named("predict", port);
    }

    /** A worker whose function has this name. */
    Child named(String function, int port, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "worker", function + "=dev.foretell.e2e.Echo::predict", "-b", "127.0.0.1:" + port, "--set", transport));
        arguments.addAll(List.of(more));
        return foretell(arguments.stream());
    }

    private Child router(int port) {
        return router(port, folder);
    }

    private Child router(int port, Path data, String... more) {
        return foretell(Stream.concat(settings(port, data), Stream.of(more)));
    }

    private Child foretell(Stream<String> arguments) {
        return Child.foretell(clock == null ? Map.of() : clock.environment(), arguments.toArray(String[]::new));
    }

    /** A further router, on a Redis of its own in that folder. */
    Child routerOn(Path data) {
        return router(0, data);
    }

    /** A further router, on the Redis of the first. */
    Child secondRouter(Path data) {
        try {
            String conf = Files.readString(folder.resolve("redis.conf"));
            String address = "redis://:" + setting(conf, "requirepass") + "@127.0.0.1:" + setting(conf, "port");
            return router(0, data, "--redis", address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String setting(String conf, String name) {
        return conf.lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length()).strip())
                .findFirst()
                .orElseThrow();
    }

    /** The data folder of the router. */
    Path folder() {
        return folder;
    }

    private Stream<String> settings(int port, Path data) {
        return Stream.of(
                "router",
                "--port",
                Integer.toString(port),
                "--data",
                data.toString(),
                "--set",
                transport,
                "--set",
                "http.drain-delay=0s",
                "--set",
                "health.interval=500ms",
                "--set",
                "health.timeout=2s",
                "--set",
                "redis.timeout=1s");
    }

    /** The wall clock of all processes here, where that is not the machine's. */
    WallClock wallClock() {
        return Optional.ofNullable(clock).orElseThrow();
    }

    /** What the router has printed. */
    String log() {
        return router.output();
    }

    static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(50));
    }

    String url() {
        return router.url();
    }

    /** The process of the router's own Redis. */
    ProcessHandle redis() {
        return router.descendant("redis");
    }

    int port() {
        return router.port();
    }

    /** The router's open files and connections; none where the system does not tell. */
    OptionalInt descriptors() {
        String[] open = new File("/proc/" + router.pid() + "/fd").list();
        return open == null ? OptionalInt.empty() : OptionalInt.of(open.length);
    }

    void killRouter() {
        router.kill();
    }

    /** Starts a router where the last one was. */
    void startRouter() {
        router = router(router.port());
        awaitReady();
    }

    private void awaitReady() {
        eventually().until(() -> Http.get(url() + "/readyz").status() == 200);
    }

    String store() {
        return Http.get(url() + "/readyz").json().path("store").asText();
    }

    String map() {
        return Http.get(url() + "/v1/model_workers_map").body();
    }

    /** Registers the healthy worker, and those at the ports beside it. The fault's number keeps its counts apart. */
    Http.Reply register(String model, int number, List<Integer> ports) {
        String workers = Stream.concat(Stream.of(healthy.port()), ports.stream())
                .map(port -> """
                        {"host": "localhost", "port": %s, "local_worker_id": %s}""".formatted(port, number))
                .collect(Collectors.joining(", "));
        return Http.put(url() + "/v1/model_workers_map", """
                {"AI": {"%s": {"policy": "round_robin", "workers": [%s]}}}""".formatted(model, workers));
    }

    /** Waits until every worker at that port is in that state. */
    void awaitState(int port, String state) {
        eventually()
                .untilAsserted(() -> assertThat(workersOfAi())
                        .filteredOn(worker -> worker.path("port").asInt() == port)
                        .isNotEmpty()
                        .allSatisfy(worker ->
                                assertThat(worker.path("state").asText()).isEqualTo(state)));
    }

    private Iterable<JsonNode> workersOfAi() {
        return Http.get(url() + "/v1/model_workers_map?model-type=AI").json();
    }

    /** Calls that the router counted for a model. */
    long counted(String model) {
        return sum(health().path("requests").path(model));
    }

    /** Calls that the router counted for a model's worker. */
    long counted(String model, int number, int port) {
        return health().path("requests").path(model).path(id(number, port)).asLong();
    }

    /** Attempts at a fault's workers that failed. */
    long failures(int number) {
        return health().path("Alive_info").properties().stream()
                .filter(worker -> worker.getKey().endsWith("-" + number))
                .mapToLong(worker -> worker.getValue().path("failures").asLong())
                .sum();
    }

    long failures(int number, int port) {
        return health().path("Alive_info")
                .path(id(number, port))
                .path("failures")
                .asLong();
    }

    /** Calls of a model that were sent to another worker too, since the first was silent. */
    long copies(String model) {
        String name = "foretell_copies_total{model=\"AI/" + model + "\"";
        return Http.get(url() + "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private JsonNode health() {
        return Http.get(url() + "/elb-healthcheck").json();
    }

    private static String id(int number, int port) {
        return "localhost-" + port + "-" + number;
    }

    private static long sum(JsonNode counts) {
        return StreamSupport.stream(counts.spliterator(), false)
                .mapToLong(JsonNode::asLong)
                .sum();
    }

    @Override
    public void close() {
        router.close();
        healthy.close();
    }
}
