package dev.foretell.cli.worker;

import dev.foretell.cli.child.Outcome;
import dev.foretell.cli.child.StopSignal;
import dev.foretell.cli.options.ServingOptions;
import dev.foretell.cli.options.TypedSettings;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.worker.onnx.HostConfig;
import dev.foretell.worker.onnx.HostProcess;
import dev.foretell.worker.onnx.ModelHost;
import dev.foretell.worker.registration.RefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private ServingOptions options = new ServingOptions();

    @Option(names = "--memory", paramLabel = "SIZE", description = "Memory for loaded models (default: 512m).")
    private @Nullable String memory;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder of the model files (default: a temporary one).")
    private @Nullable String data;

    @Override
    public Integer call() throws Exception {
        HostConfig config = options.load(HostConfig.defaults(), flags());
        StopSignal stop = options.stopSignal();
        try (ModelHost host = start(config);
                HostProcess bounds = HostProcess.bound(config, host, this::end)) {
            spec.commandLine().getOut().println("listening on " + host.url() + "/");
            stop.await();
        }
        return Exit.OK;
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
            throw ServingOptions.cannotListen(e, config.http().listener());
        }
    }

    private TypedSettings flags() {
        TypedSettings flags = options.flags();
        flags.put("shelf.memory", "--memory", memory);
        flags.put("shelf.data", "--data", data);
        return flags;
    }
}
