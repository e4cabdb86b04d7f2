package dev.foretell.cli;

import dev.foretell.cli.demo.DemoCommand;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.cli.terminal.Failures;
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
            RoutesCommand.class,
            PredictCommand.class,
            CompletionCommand.class
        },
        footer = {
            "%nExamples:",
            "  foretell demo                                    everything on this machine, explained",
            "  foretell router                                  a router on http://127.0.0.1:8000",
            "  foretell worker Predict.java --router http://127.0.0.1:8000",
            "  foretell predict predict '{\"n\": 10}'",
            Exit.HELP
        })
public final class Foretell {
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Foretell())
                .setExecutionExceptionHandler(new Failures())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true);
    }
}
