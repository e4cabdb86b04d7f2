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
import dev.foretell.commons.wire.Hosting;
import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.WorkerConfig;
import dev.foretell.worker.WorkerProcess;
import dev.foretell.worker.function.FunctionNotFoundException;
import dev.foretell.worker.registration.RefusedException;
import java.io.IOException;
import java.io.PrintWriter;
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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foretell worker}: serves functions over HTTP. */
@Command(
        name = "worker",
        description = "Serve Java functions, each at POST /NAME, until Ctrl-C.",
        footer = {
            "%nExamples:",
            "  foretell worker Predict.java                   a source file, compiled here",
            "  foretell worker com.acme.Fib::predict --classpath target/classes \\",
            "      -b 0.0.0.0:9001",
            "  foretell worker fib=com.acme.Fib::predict --router http://127.0.0.1:8000",
            "  curl -s http://127.0.0.1:9001/fib -d '{\"n\": 10}'",
            Exit.HELP
        })
public final class WorkerCommand implements Callable<Integer> {
    private static final Duration MAX_START = Duration.ofMinutes(2);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..*",
            paramLabel = "FUNCTION",
            description = "[NAME=]com.acme.Fib::predict, [NAME=]Predict.java[::method] or [NAME=]model.onnx.")
    private List<String> functions = new ArrayList<>();

    @Option(
            names = {"-b", "--bind"},
            paramLabel = "HOST:PORT",
            description = "Where to listen; 127.0.0.1:9001. Port 0 is a free one.")
    private @Nullable String bind;

    @Option(
            names = "--router",
            paramLabel = "URL[,URL…]",
            description = "The router to register with; others that share its Redis stand in for it.")
    private List<String> routers = new ArrayList<>();

    @Option(names = "--type", description = "The model type to register as; AI.")
    private @Nullable String type;

    @Option(names = "--model", paramLabel = "NAME", description = "The model's name; each function's own.")
    private @Nullable String model;

    @Option(names = "--classpath", paramLabel = "PATH", description = "Folders and jars with your classes.")
    private @Nullable String classpath;

    @Option(names = "--token", description = "Callers must send it as 'Authorization: Token …'; ps shows it.")
    private @Nullable String token;

    @Option(names = "--token-file", paramLabel = "FILE", description = "A file with this token.")
    private @Nullable String tokenFile;

    @Option(
            names = "--router-token-file",
            paramLabel = "FILE",
            description = "The file with the router's own token; $FORETELL_TOKEN_FILE, $FORETELL_TOKEN.")
    private @Nullable String routerTokenFile;

    @Option(names = "--allow-origins", paramLabel = "ORIGINS", description = "Web pages that may call; * for any.")
    private @Nullable String allowOrigins;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "A configuration like conf/worker.yaml.")
    private @Nullable Path file;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Any other setting, as in execution.threads=8.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--exit-with-parent", hidden = true, description = "End when stdin does.")
    private boolean exitWithParent;

    @Override
    public Integer call() throws Exception {
        WorkerConfig config = flags().load(this::load);
        if (!config.registration().model().isEmpty() && functions.size() > 1) {
            throw CommandFailure.usage("--model names one function's model, and " + functions.size() + " are given");
        }
        if (config.registration().type().equals(Hosting.TYPE)) {
            throw CommandFailure.usage(
                    "the type '" + Hosting.TYPE + "' is for model hosts: foretell host; name another");
        }
        StopSignal stop = StopSignal.install();
        if (exitWithParent) {
            stop.followParent();
        }
        try (RunningWorker worker = start(config)) {
            PrintWriter out = spec.commandLine().getOut();
            out.println("listening on " + worker.url() + "/");
            out.println("serving " + String.join(", ", worker.functions()));
            stop.await();
        }
        return Exit.OK;
    }

    private WorkerConfig load(Map<String, String> flags) {
        String yaml = file == null ? "" : ConfigLoader.read(file);
        return ConfigLoader.load(WorkerConfig.defaults(), yaml, System.getenv(), flags, Variables::isKnown);
    }

    private RunningWorker start(WorkerConfig config) throws Exception {
        try {
            return Outcome.of(WorkerProcess.start(config, functions), MAX_START);
        } catch (FunctionNotFoundException e) {
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
        flags.put("registration.type", "--type", type);
        flags.put("registration.model", "--model", model);
        flags.put("classpath", "--classpath", classpath);
        flags.put("http.token", "--token", token);
        flags.put("http.token-file", "--token-file", tokenFile);
        flags.put("registration.key-file", "--router-token-file", routerTokenFile);
        flags.put("http.allow-origins", "--allow-origins", allowOrigins);
        RouterToken.addTo(flags.values(), System.getenv());
        return flags;
    }
}
