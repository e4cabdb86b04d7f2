package dev.foretell.cli.state;

import dev.foretell.cli.terminal.Exit;
import dev.foretell.router.RouterConfig;
import dev.foretell.router.backup.Restore;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code foretell state restore}: a backup in a folder or a Redis, all of it or nothing. */
@Command(
        name = "restore",
        description = {
            "Bring a backup into a data folder, or with --redis into a Redis: all of it or nothing.",
            "It is checked before anything is touched. The router must be stopped; start it afterwards."
        },
        footer = {
            "%nExamples:",
            "  foretell state restore state.zip --data /var/lib/foretell",
            "  foretell state restore state.zip --data data --replace",
            "  foretell state restore state.zip --redis redis://10.0.0.5:6379 \\",
            "      --set models.folder=/shared/models",
            Exit.HELP
        })
final class StateRestore implements Callable<Integer> {
    @ParentCommand
    private StateCommand state = new StateCommand();

    @Parameters(paramLabel = "FILE", description = "What foretell state backup wrote.")
    private Path file = Path.of("");

    @Option(names = "--replace", description = "Also where there is a state already; that one is lost.")
    private boolean replace;

    @Override
    public Integer call() {
        RouterConfig config = state.config();
        Path models = config.models().folder(config.state().redis().data());
        Restore.Done done =
                StateCommand.reportFailures(() -> new Restore(config.state().redis(), models).read(file, replace));
        state.out().println("restored, as of " + done.created() + ": " + done.summary());
        done.missing()
                .forEach(digest -> state.err().println("foretell: the backup was made without model file " + digest));
        return Exit.OK;
    }
}
