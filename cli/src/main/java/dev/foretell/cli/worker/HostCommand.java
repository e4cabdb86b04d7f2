package dev.foretell.cli.worker;

import dev.foretell.cli.child.Outcome;
import dev.foretell.cli.child.StopSignal;
import dev.foretell.cli.options.BindAddress;
import dev.foretell.cli.options.ListenUrl;
import dev.foretell.cli.options.RouterToken;
import dev.foretell.cli.options.TypedSettings;
import dev.foretell.cli.options.Variables;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.commons.config.ConfigLoader;
import dev.foretell.worker.onnx.HostConfig;
import dev.foretell.worker.onnx.HostProcess;
import dev.foretell.worker.onnx.ModelHost;
import dev.foretell.worker.registration.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code foretell host}: serves the models that are uploaded to a router. */
@Command(
        name = "host",
        description = "Serve the ONNX models that are uploaded to a router, until Ctrl-C.",
        footer = {
            "%nExamples:",
            "  foretell host --router http://127.0.0.1:8000",
            "  foretell host --router http://router:8000 -b 0.0.0.0:9101 --memory 4g \\",
            "      --data /var/lib/foretell/host",
            "  curl -sT iris.onnx http://127.0.0.1:8000/v1/models/iris/versions",
            Exit.HELP
        })
public final class HostCommand implements Callable<Integer> {
    private static final Duration MAX_START = Duration.ofMinutes(2);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--router",
            paramLabel = "URL[,URL…]",
            description = "The router to register with and to fetch models from; others that share its state stand in"
                    + " for it.")
    private List<String> routers = new ArrayList<>();

    @Option(
            names = {"-b", "--bind"},
            paramLabel = "HOST:PORT",
            description = "Where to listen; 127.0.0.1 and a free port.")
    private @Nullable String bind;

    @Option(names = "--memory", paramLabel = "SIZE", description = "Memory for loaded models; 512m.")
    private @Nullable String memory;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder of the model files; by default a temporary one.")
    private @Nullable String data;

    @Option(names = "--token", description = "Callers must send it as 'Authorization: Token …'; ps shows it.")
    private @Nullable String token;

    @Option(names = "--token-file", paramLabel = "FILE", description = "A file with this token.")
    private @Nullable String tokenFile;

    @Option(
            names = "--router-token-file",
            paramLabel = "FILE",
            description = "The file with the router's own token; $FORETELL_TOKEN_FILE, $FORETELL_TOKEN.")
    private @Nullable String routerTokenFile;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "A configuration like conf/host.yaml.")
    private @Nullable Path file;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Any other setting, as in onnx.threads=2.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--exit-with-parent", hidden = true, description = "End when stdin does.")
    private boolean exitWithParent;

    @Override
    public Integer call() throws Exception {
        HostConfig config = flags().load(this::load);
        StopSignal stop = StopSignal.install();
        if (exitWithParent) {
            stop.followParent();
        }
        try (ModelHost host = start(config);
                HostProcess bounds = HostProcess.bound(config, host, this::end)) {
            spec.commandLine().getOut().println("listening on " + host.url() + "/");
            stop.await();
        }
        return Exit.OK;
    }

    private HostConfig load(Map<String, String> flags) {
        String yaml = file == null ? "" : ConfigLoader.read(file);
        return ConfigLoader.load(HostConfig.defaults(), yaml, System.getenv(), flags, Variables::isKnown);
    }

    /** It cannot get its threads or its memory back, so it is not drained. */
    private void end(String why) {
        spec.commandLine().getErr().println("foretell: " + why + ": this process ends");
        spec.commandLine().getErr().flush();
        Runtime.getRuntime().halt(Exit.REPLACE);
    }

    private static ModelHost start(HostConfig config) throws Exception {
        try {
            return Outcome.of(ModelHost.start(config), MAX_START);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(e);
        } catch (RefusedException e) {
            throw CommandFailure.of(e);
        } catch (IOException e) {
            throw CommandFailure.of(
                    ListenUrl.reason(e, config.http().host(), config.http().port(), "-b HOST:PORT"));
        }
    }

    private TypedSettings flags() {
        TypedSettings flags = new TypedSettings(settings);
        BindAddress.addTo(flags, bind);
        flags.put("registration.router", "--router", routers.isEmpty() ? null : String.join(",", routers));
        flags.put("shelf.memory", "--memory", memory);
        flags.put("shelf.data", "--data", data);
        flags.put("http.token", "--token", token);
        flags.put("http.token-file", "--token-file", tokenFile);
        flags.put("registration.key-file", "--router-token-file", routerTokenFile);
        RouterToken.addTo(flags.values(), System.getenv());
        return flags;
    }
}
