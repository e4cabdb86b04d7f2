package dev.foretell.cli.state;

import dev.foretell.cli.options.RouterOptions;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.router.RouterConfig;
import dev.foretell.router.backup.BackupException;
import dev.foretell.router.store.embedded.StoreStartException;
import java.io.PrintWriter;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code foretell state}: backup and restore of a router's state. */
@Command(
        name = "state",
        description = "Back up a router's state and model files to a file, and restore them.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {StateBackup.class, StateRestore.class},
        footer = {
            "%nExamples:",
            "  foretell state backup /backups",
            "  foretell state backup state.zip --redis redis://10.0.0.5:6379",
            "  foretell state restore state.zip --data /var/lib/foretell",
            Exit.HELP
        })
public final class StateCommand {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RouterOptions options = new RouterOptions();

    RouterConfig config() {
        return options.load();
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Reports failures that have a message for people. */
    static <T> T reportFailures(Supplier<T> step) {
        try {
            return step.get();
        } catch (BackupException | StoreStartException e) {
            throw CommandFailure.of(e);
        }
    }
}
