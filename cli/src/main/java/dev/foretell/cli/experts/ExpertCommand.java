package dev.foretell.cli.experts;

import dev.foretell.cli.child.Outcome;
import dev.foretell.cli.child.StopSignal;
import dev.foretell.cli.options.ServingOptions;
import dev.foretell.cli.options.TypedSettings;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.commons.identity.Names;
import dev.foretell.commons.wire.Experts;
import dev.foretell.worker.RunningWorker;
import dev.foretell.worker.WorkerConfig;
import dev.foretell.worker.WorkerProcess;
import dev.foretell.worker.registration.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code foretell expert}: one model service, which registers itself. */
@Command(
        name = "expert",
        description = "Serve one model that is trained and tested over HTTP, until Ctrl-C.",
        footer = {
            "%nExamples:",
            "  foretell expert m1 --router http://127.0.0.1:8000",
            "  foretell expert m2 --router http://router:8000 -b 0.0.0.0:9201 \\",
            "      --models /var/lib/foretell/m2",
            "  curl -s http://router:9201/train -d '{\"data\":{\"x\":[[1],[2]],\"y\":[1,2]}}'",
            Exit.HELP
        })
public final class ExpertCommand implements Callable<Integer> {
    private static final Duration MAX_START = Duration.ofMinutes(2);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServingOptions options = new ServingOptions();

    @Parameters(paramLabel = "ID", description = "The name that it is registered under.")
    private String id = "";

    @Option(
            names = "--models",
            paramLabel = "DIR",
            defaultValue = "models",
            description = "The folder of its trained models (default: models).")
    private Path models = Path.of("models");

    @Override
    public Integer call() throws Exception {
        if (!Names.isValid(id)) {
            throw CommandFailure.usage("'" + id + "' cannot be an expert's name: a name is " + Names.RULE);
        }
        WorkerConfig config = options.load(defaults(), flags());
        Expert expert = new Expert(open());
        StopSignal stop = options.stopSignal();
        try (RunningWorker worker = start(config, expert)) {
            spec.commandLine().getOut().println("listening on " + worker.url() + "/");
            stop.await();
        }
        return Exit.OK;
    }

    private ModelStore open() {
        try {
            return ModelStore.open(models, RandomGenerator.getDefault());
        } catch (IOException e) {
            throw CommandFailure.of("the folder " + models + " of its models cannot be used: " + e.getMessage());
        }
    }

    private static WorkerConfig defaults() {
        WorkerConfig defaults = WorkerConfig.defaults();
        return defaults.with(defaults.http().at(defaults.http().listener().host(), 0));
    }

    private TypedSettings flags() {
        TypedSettings flags = options.flags();
        flags.put("registration.type", "ID", Experts.TYPE);
        flags.put("registration.model", "ID", id);
        return flags;
    }

    private static RunningWorker start(WorkerConfig config, Expert expert) throws Exception {
        try {
            return Outcome.of(WorkerProcess.serve(config, List.of(expert.test()), expert.others()), MAX_START);
        } catch (RefusedException e) {
            throw CommandFailure.of(e);
        } catch (IOException e) {
            throw ServingOptions.cannotListen(e, config.http().listener());
        }
    }
}
