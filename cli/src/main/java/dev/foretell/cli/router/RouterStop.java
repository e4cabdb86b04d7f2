package dev.foretell.cli.router;

import dev.foretell.cli.daemon.Daemon;
import dev.foretell.cli.daemon.RunFile;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code foretell router stop}: ends the router in the background. */
@Command(
        name = "stop",
        description = "Stop the router in the background: calls in flight finish first.",
        footer = {"%nExamples:", "  foretell router stop", "  foretell router stop --data /var/lib/foretell", Exit.HELP
        })
final class RouterStop implements Callable<Integer> {
    private static final Duration MAX_STOP = Duration.ofSeconds(60);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private RouterCommand router = new RouterCommand();

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        RunFile file = RunFile.in(router.options().load().state().redis().data());
        Daemon daemon = file.findRunning().orElse(null);
        Optional<ProcessHandle> keeper = file.keeper();
        if (daemon == null && keeper.isEmpty()) {
            String absence = file.absence();
            file.delete();
            throw CommandFailure.unreachable(absence);
        }
        out.println(
                daemon == null
                        ? file.absence() + "; it is stopped …"
                        : "stopping " + daemon.url() + ", pid " + daemon.pid() + " …");
        boolean byItself = daemon == null ? Daemon.stop(keeper.orElseThrow(), MAX_STOP) : daemon.stop(MAX_STOP);
        file.delete();
        out.println(byItself ? "stopped" : "killed: it did not stop within " + MAX_STOP.toSeconds() + " s");
        return byItself ? Exit.OK : Exit.FAILED;
    }
}
