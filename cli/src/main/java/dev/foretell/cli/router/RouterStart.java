package dev.foretell.cli.router;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.cli.child.Launch;
import dev.foretell.cli.client.Reply;
import dev.foretell.cli.client.RouterHttp;
import dev.foretell.cli.daemon.Daemon;
import dev.foretell.cli.daemon.LogFolder;
import dev.foretell.cli.daemon.RunFile;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.router.RouterConfig;
import dev.foretell.router.store.connection.StoreConfig;
import dev.foretell.router.store.embedded.CopiedFolder;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code foretell router start}: a router in the background, with its logs in files. */
@Command(
        name = "start",
        description = "Start a router in the background; its logs are in logs/.",
        footer = {
            "%nExamples:",
            "  foretell router start",
            "  foretell router start --port 8080 --data /var/lib/foretell \\",
            "      --logs /var/log/foretell",
            "  foretell router start --set http.access-log=false",
            Exit.HELP
        })
final class RouterStart implements Callable<Integer> {
    private static final Duration MAX_START = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(50);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private RouterCommand router = new RouterCommand();

    @Option(
            names = "--wait",
            defaultValue = "30",
            paramLabel = "SECONDS",
            description = "The maximum time until it is ready, in seconds (default: 30).")
    private int wait = 30;

    @Option(
            names = "--logs",
            paramLabel = "DIR",
            description = "The folder of the logs (default: logs; with another data folder logs/ITS-NAME).")
    private @Nullable Path logs;

    @Override
    public Integer call() throws Exception {
        if (wait < 0) {
            throw CommandFailure.usage("--wait must be 0 or more");
        }
        StoreConfig redis = router.options().load().state().redis();
        RunFile file = RunFile.in(redis.data());
        requireNone(file);
        LogFolder folder = logFolder(redis);
        folder.requireFree();
        Optional<CopiedFolder> copy = redis.address() == null ? CopiedFolder.look(redis.data()) : Optional.empty();
        file.delete();
        Daemon daemon = await(launch(folder), file, folder);
        PrintWriter out = spec.commandLine().getOut();
        out.println("listening on " + daemon.url() + unlessReady(daemon, folder));
        out.println("pid " + daemon.pid() + ", logs in " + folder);
        copy.ifPresent(out::println);
        return Exit.OK;
    }

    private static void requireNone(RunFile file) {
        file.findRunning().ifPresent(already -> {
            throw CommandFailure.of("a router runs already: " + already.url() + ", pid " + already.pid());
        });
        if (file.keeper().isPresent()) {
            throw CommandFailure.of(file.absence() + "; 'foretell router stop' has it not do so");
        }
    }

    private LogFolder logFolder(StoreConfig redis) {
        Path usual = RouterConfig.defaults().state().redis().data();
        return new LogFolder(logs == null ? LogFolder.of(redis.data(), usual) : logs);
    }

    private Process launch(LogFolder folder) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "router",
                "--daemon",
                "--logs-in",
                folder.toString(),
                "--set",
                "http.access-log=true",
                "--set",
                "http.drain-delay=0s"));
        arguments.addAll(router.options().arguments());
        ProcessBuilder builder = Launch.detach(arguments)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(folder.console().toFile());
        router.options().putSecrets(builder.environment());
        builder.environment().put("FORETELL_LOG_TO", "files");
        builder.environment().put("FORETELL_LOGS", folder.toString());
        folder.keepLastWords();
        return builder.start();
    }

    private Daemon await(Process child, RunFile file, LogFolder folder) throws InterruptedException, IOException {
        long deadline = System.nanoTime() + MAX_START.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<Daemon> daemon = file.findRunning();
            if (daemon.isPresent() && isLive(daemon.get())) {
                return daemon.get();
            }
            if (child.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                throw CommandFailure.of("the router did not start:\n" + folder.lastWords());
            }
        }
        child.destroyForcibly();
        throw CommandFailure.of("the router did not answer within " + MAX_START.toSeconds() + " s; see " + folder);
    }

    /** Waits until it is ready; if that takes too long, says what it waits for. */
    private String unlessReady(Daemon daemon, LogFolder folder) throws InterruptedException, IOException {
        long deadline = System.nanoTime() + Duration.ofSeconds(wait).toNanos();
        RouterHttp http = new RouterHttp(daemon.url());
        while (true) {
            Reply ready = readiness(http, daemon, folder);
            if (ready.isOk() || System.nanoTime() - deadline > 0) {
                return ready.isOk() ? "" : ", not ready yet: " + reason(ready.json());
            }
            Thread.sleep(POLL.toMillis());
        }
    }

    private Reply readiness(RouterHttp http, Daemon daemon, LogFolder folder) throws IOException {
        try {
            return http.get("/readyz");
        } catch (CommandFailure e) {
            throw daemon.handle().isAlive()
                    ? e
                    : CommandFailure.of("the router ended before it was ready:\n" + folder.lastWords());
        }
    }

    private static String reason(JsonNode view) {
        String why = view.path("store_reason").asText();
        return "state " + view.path("state").asText() + ", workers "
                + view.path("workers").asText() + ", store "
                + view.path("store").asText() + (why.isEmpty() ? "" : " (" + why + ")");
    }

    private static boolean isLive(Daemon daemon) {
        try {
            return new RouterHttp(daemon.url()).get("/livez").isOk();
        } catch (CommandFailure e) {
            return false;
        }
    }
}
