package dev.foretell.cli.worker;

import dev.foretell.cli.child.Outcome;
import dev.foretell.cli.child.StopSignal;
import dev.foretell.cli.options.ServingOptions;
import dev.foretell.cli.options.TypedSettings;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.commons.wire.Hosting;
import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.WorkerConfig;
import dev.foretell.worker.WorkerProcess;
import dev.foretell.worker.function.FunctionNotFoundException;
import dev.foretell.worker.registration.RefusedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private ServingOptions options = new ServingOptions();

    @Parameters(
            arity = "0..*",
            paramLabel = "FUNCTION",
            description = "[NAME=]com.acme.Fib::predict, [NAME=]Predict.java[::method] or [NAME=]model.onnx.")
    private List<String> functions = new ArrayList<>();

    @Option(names = "--type", description = "The model type to register as (default: AI).")
    private @Nullable String type;

    @Option(names = "--model", paramLabel = "NAME", description = "The model's name (default: each function's own).")
    private @Nullable String model;

    @Option(names = "--classpath", paramLabel = "PATH", description = "Folders and jars with your classes.")
    private @Nullable String classpath;

    @Option(names = "--allow-origins", paramLabel = "ORIGINS", description = "Web pages that may call; * for any.")
    private @Nullable String allowOrigins;

    @Override
    public Integer call() throws Exception {
        WorkerConfig config = options.load(WorkerConfig.defaults(), flags());
        if (!config.registration().identity().model().isEmpty() && functions.size() > 1) {
            throw CommandFailure.usage("--model names one function's model, and " + functions.size() + " are given");
        }
        if (config.registration().identity().type().equals(Hosting.TYPE)) {
            throw CommandFailure.usage(
                    "the type '" + Hosting.TYPE + "' is for model hosts: foretell host; name another");
        }
        StopSignal stop = options.stopSignal();
        try (RunningWorker worker = start(config)) {
            PrintWriter out = spec.commandLine().getOut();
            out.println("listening on " + worker.url() + "/");
            out.println("serving " + String.join(", ", worker.functions()));
            stop.await();
        }
        return Exit.OK;
    }

    private RunningWorker start(WorkerConfig config) throws Exception {
        try {
            return Outcome.of(WorkerProcess.start(config, functions), MAX_START);
        } catch (FunctionNotFoundException e) {
            throw CommandFailure.usage(e);
        } catch (RefusedException e) {
            throw CommandFailure.of(e);
        } catch (IOException e) {
            throw ServingOptions.cannotListen(e, config.http().listener());
        }
    }

    private TypedSettings flags() {
        TypedSettings flags = options.flags();
        flags.put("registration.type", "--type", type);
        flags.put("registration.model", "--model", model);
        flags.put("classpath", "--classpath", classpath);
        flags.put("http.allow-origins", "--allow-origins", allowOrigins);
        return flags;
    }
}
