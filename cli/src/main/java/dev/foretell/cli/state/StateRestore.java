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

/** {@code foretell state restore}: restores a backup into a folder or a Redis, completely or not at all. */
@Command(
        name = "restore",
        description = {
            "Restore a backup into a data folder, or with --redis into a Redis, completely or not at all.",
            "The backup is checked before anything changes. Stop the router first, and start it afterwards."
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

    @Parameters(paramLabel = "FILE", description = "A file from foretell state backup.")
    private Path file = Path.of("");

    @Option(names = "--replace", description = "Replace an existing state, which is then lost.")
    private boolean replace;

    @Override
    public Integer call() {
        RouterConfig config = state.config();
        Path models = config.models().folder(config.state().redis().data());
        Restore.Done done =
                StateCommand.reportFailures(() -> new Restore(config.state().redis(), models).read(file, replace));
        state.out().println("restored, as of " + done.created() + ": " + done.summary());
        done.missing()
                .forEach(digest ->
                        state.err().println("foretell: the backup does not contain the model file " + digest));
        return Exit.OK;
    }
}
