package dev.foretell.cli.state;

import dev.foretell.cli.terminal.Bytes;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.router.RouterConfig;
import dev.foretell.router.backup.Backup;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code foretell state backup}: writes the state of a running or stopped router to a file. */
@Command(
        name = "backup",
        description = {
            "Write the state and the model files of a running or stopped router to a file.",
            "The state is from one point in time. Only the owner can read the file, a zip; it appears only when it is complete."
        },
        footer = {
            "%nExamples:",
            "  foretell state backup /backups         /backups/foretell-20260131-120000.zip",
            "  foretell state backup state.zip --data /var/lib/foretell",
            "  foretell state backup state.zip --redis redis://10.0.0.5:6379 \\",
            "      --set models.folder=/shared/models",
            Exit.HELP
        })
final class StateBackup implements Callable<Integer> {
    @ParentCommand
    private StateCommand state = new StateCommand();

    @Parameters(paramLabel = "FILE.zip|DIR", description = "A new file with a name like ….zip, or an existing folder.")
    private Path to = Path.of("");

    @Override
    public Integer call() {
        RouterConfig config = state.config();
        Path models = config.models().folder(config.state().redis().data());
        Backup.Made made = StateCommand.reportFailures(
                () -> new Backup(config.state().redis(), models, Clock.systemUTC()).write(to));
        state.out().println(made.file() + ": " + Bytes.of(made.bytes()) + ", " + made.summary());
        made.missing()
                .forEach(digest -> state.err()
                        .println("foretell: model file " + digest + " is not in " + models.toAbsolutePath()
                                + ", or is damaged there; the backup does not contain it"));
        return made.missing().isEmpty() ? Exit.OK : Exit.FAILED;
    }
}
