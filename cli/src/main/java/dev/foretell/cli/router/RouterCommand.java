package dev.foretell.cli.router;

import dev.foretell.cli.child.Outcome;
import dev.foretell.cli.child.ReloadSignal;
import dev.foretell.cli.child.StopSignal;
import dev.foretell.cli.daemon.LogFolder;
import dev.foretell.cli.daemon.RunFile;
import dev.foretell.cli.options.ListenUrl;
import dev.foretell.cli.options.RouterOptions;
import dev.foretell.cli.options.TrainingPriority;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.router.RouterConfig;
import dev.foretell.router.RouterMain;
import dev.foretell.router.http.edge.HttpConfig;
import dev.foretell.router.store.connection.StoreConfig;
import dev.foretell.router.store.embedded.StoreStartException;
import dev.foretell.router.tasks.TrainingConfig;
import dev.foretell.worker.training.job.SparkCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code foretell router}: a router in the foreground. */
@Command(
        name = "router",
        description = "Run a router until Ctrl-C; start, stop and status do it in the background.",
        subcommands = {RouterStart.class, RouterStop.class, RouterStatus.class},
        footer = {
            "%nAny setting can also come from the environment: http.port is FORETELL_HTTP_PORT.",
            "SIGHUP, or POST /v1/config/reload, reads the configuration again while the router runs.",
            "%nExamples:",
            "  foretell router                                  on port 8000, state in ./data",
            "  foretell router --port 0 --data /var/lib/foretell",
            "  foretell router --redis redis://10.0.0.5:6379 --host 0.0.0.0",
            "  foretell router start --port 8080                in the background",
            Exit.HELP
        })
public final class RouterCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RouterCommand.class);
    private static final Duration MAX_START = Duration.ofMinutes(5);
    private static final Duration MAX_STOP = Duration.ofSeconds(30);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RouterOptions options = new RouterOptions();

    @Option(names = "--exit-with-parent", hidden = true, description = "End when stdin does.")
    private boolean exitWithParent;

    @Option(names = "--daemon", hidden = true, description = "Make this router known to status and stop.")
    private boolean daemon;

    @Option(
            names = "--logs-in",
            hidden = true,
            defaultValue = "logs",
            description = "The folder of this router's logs.")
    private Path logs = Path.of("logs");

    RouterOptions options() {
        return options;
    }

    @Override
    public Integer call() throws Exception {
        RouterConfig config = options.load();
        StopSignal stop = StopSignal.install();
        if (exitWithParent) {
            stop.followParent();
        }
        if (daemon) {
            runInBackground(config, stop);
        } else {
            run(config, stop, url -> {});
        }
        return Exit.OK;
    }

    private void runInBackground(RouterConfig config, StopSignal stop) throws Exception {
        try {
            runWithRunFile(config, stop);
        } catch (CommandFailure failure) {
            LOG.error("The router ends: {}", failure.getMessage());
            throw failure;
        } catch (Exception failure) {
            LOG.error("The router ends", failure);
            throw failure;
        }
    }

    private void runWithRunFile(RouterConfig config, StopSignal stop) throws Exception {
        try (RunFile file = RunFile.in(config.state().redis().data());
                LogFolder folder = new LogFolder(logs)) {
            file.claim(exitWithParent ? ProcessHandle.current().parent().orElse(null) : null);
            folder.claim(config.state().redis().data());
            run(config, stop, file::write);
        }
    }

    private void run(RouterConfig config, StopSignal stop, Consumer<String> onListen) throws Exception {
        requireSpark(config);
        if (config.tasks().trainer()) {
            TrainingPriority.check(System.getenv());
        }
        RouterMain router = start(config);
        ReloadSignal.then(router::reload);
        try (OwnTrainer trainer = trainer(config, router.port())) {
            router.onTasksWaiting(trainer::need);
            serve(config, new ListenUrl(config.http().listener().host(), router.port()).toString(), stop, onListen);
        } finally {
            stop(router, config.http(), stop.isOrderly());
        }
    }

    /** For the trainer of its own; trainers on other machines have the folder there. */
    private static void requireSpark(RouterConfig config) {
        TrainingConfig training = config.learning().training();
        if (training.hasSpark() && config.tasks().trainer() && !SparkCommand.isHome(Path.of(training.sparkHome()))) {
            throw CommandFailure.usage(
                    "training.spark-home: there is no Spark in " + training.sparkHome() + "; " + SparkCommand.HOW);
        }
    }

    /** One that reaches the router over loopback where it listens everywhere. */
    private static OwnTrainer trainer(RouterConfig config, int port) {
        String host = config.http().listener().host();
        boolean isAny = host.equals("0.0.0.0") || host.equals("::");
        String token = config.http().adminAccess().token();
        return new OwnTrainer(
                new ListenUrl(isAny ? "127.0.0.1" : host, port).toString(),
                token == null ? "" : token,
                config.learning().training().sparkHome());
    }

    private static void stop(RouterMain router, HttpConfig http, boolean orderly) throws Exception {
        if (orderly) {
            Outcome.of(router.drain(), http.shutdown().drainDelay().plus(MAX_STOP));
        }
        Outcome.of(router.close(), http.shutdown().drain().plus(MAX_STOP));
    }

    private void serve(RouterConfig config, String url, StopSignal stop, Consumer<String> onListen)
            throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        out.println("listening on " + url);
        out.println("state in " + place(config.state().redis()));
        onListen.accept(url);
        stop.await();
    }

    private static String place(StoreConfig redis) {
        return redis.address() == null
                ? redis.data().toAbsolutePath().normalize().toString()
                : "Redis, " + redis;
    }

    private RouterMain start(RouterConfig config) throws Exception {
        try {
            return Outcome.of(RouterMain.start(config, options::reload), MAX_START);
        } catch (StoreStartException e) {
            throw CommandFailure.of(e);
        } catch (IOException e) {
            throw CommandFailure.of(ListenUrl.reason(
                    e, config.http().listener().host(), config.http().listener().port(), "--port"));
        } catch (TimeoutException e) {
            throw CommandFailure.of("the router did not start within " + MAX_START.toMinutes() + " minutes");
        }
    }
}
