package dev.foretell.cli;

import dev.foretell.cli.bench.BenchCommand;
import dev.foretell.cli.demo.DemoCommand;
import dev.foretell.cli.ensembles.EnsemblesCommand;
import dev.foretell.cli.experts.ExpertCommand;
import dev.foretell.cli.experts.ExpertsCommand;
import dev.foretell.cli.live.EventsCommand;
import dev.foretell.cli.live.TopCommand;
import dev.foretell.cli.models.ModelsCommand;
import dev.foretell.cli.router.RouterCommand;
import dev.foretell.cli.routes.RoutesCommand;
import dev.foretell.cli.state.StateCommand;
import dev.foretell.cli.tasks.TasksCommand;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.cli.terminal.Failures;
import dev.foretell.cli.terminal.OnceEach;
import dev.foretell.cli.terminal.TerminalOutput;
import dev.foretell.cli.terminal.Typed;
import dev.foretell.cli.terminal.WrongUsage;
import dev.foretell.cli.worker.HostCommand;
import dev.foretell.cli.worker.TrainerCommand;
import dev.foretell.cli.worker.WorkerCommand;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The command {@code foretell}: what it can do is the list of its subcommands. */
@Command(
        name = "foretell",
        description = "Prediction as a service for the JVM.%n",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            RouterCommand.class,
            WorkerCommand.class,
            HostCommand.class,
            TrainerCommand.class,
            RoutesCommand.class,
            PredictCommand.class,
            BenchCommand.class,
            ModelsCommand.class,
            TasksCommand.class,
            EnsemblesCommand.class,
            ExpertsCommand.class,
            ExpertCommand.class,
            TopCommand.class,
            EventsCommand.class,
            StateCommand.class,
            CompletionCommand.class
        },
        footer = {
            "%nExamples:",
            "  foretell demo                                  everything on this machine",
            "  foretell router                                a router, on port 8000",
            "  foretell worker Predict.java --router http://127.0.0.1:8000",
            "  foretell host --router http://127.0.0.1:8000   a host for uploaded models",
            "  foretell trainer --router http://127.0.0.1:8000   runs training tasks",
            "  foretell predict predict '{\"n\": 10}'",
            Exit.HELP
        })
public final class Foretell {
    public static void main(String[] args) {
        int code = commandLine().execute(args);
        boolean hasServed = isServer(args) && !asksForHelp(args) && code != Exit.USAGE;
        if (hasServed && Boolean.getBoolean("foretell.writes-archive")) {
            System.err.println(
                    "foretell: stopped; what it has loaded is written down now, for faster starts from now on");
        }
        System.exit(code);
    }

    /** Whether somebody waits for it to end, after it has served for long. */
    private static boolean isServer(String... args) {
        return args.length > 0 && List.of("router", "worker", "host", "expert").contains(args[0]);
    }

    private static boolean asksForHelp(String... args) {
        return Stream.of(args).anyMatch(List.of("-h", "--help", "-V", "--version")::contains);
    }

    static CommandLine commandLine() {
        return Typed.words(new CommandLine(new Foretell()))
                .setOut(utf8(System.out))
                .setErr(utf8(System.err))
                .setExecutionStrategy(new OnceEach(new CommandLine.RunLast()))
                .setExecutionExceptionHandler(new Failures())
                .setParameterExceptionHandler(new WrongUsage())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false)
                .setUsageHelpAutoWidth(true);
    }

    /** Always UTF-8, as today's terminals and scripts expect. */
    private static PrintWriter utf8(PrintStream stream) {
        return new TerminalOutput(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
    }
}
