package dev.foretell.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code foretell completion}: a script that teaches bash and zsh this command. */
@Command(
        name = "completion",
        description = "Print a completion script for bash and zsh.",
        footer = {
            "%nExamples:",
            "  source <(foretell completion)                    in this shell",
            "  foretell completion > ~/.local/share/bash-completion/completions/foretell"
        })
final class CompletionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        out.print(AutoComplete.bash("foretell", spec.root().commandLine()));
        out.flush();
        return 0;
    }
}
