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

/** {@code foretell state backup}: the state of a router, running or not, in a file. */
@Command(
        name = "backup",
        description = {
            "Write the state of a router and its model files to a file, whether it runs or not.",
            "The state is of one moment. The file is a zip that its owner alone may read; it appears whole or not at all."
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

    @Parameters(
            paramLabel = "FILE.zip|DIR",
            description = "A file that is not there yet, named ….zip, or a folder that is there, for one.")
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
                                + ", or is damaged there: the backup is without it"));
        return made.missing().isEmpty() ? Exit.OK : Exit.FAILED;
    }
}
