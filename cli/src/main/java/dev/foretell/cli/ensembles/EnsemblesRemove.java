package dev.foretell.cli.ensembles;

import dev.foretell.cli.terminal.Exit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code foretell ensembles rm}: removes an ensemble; its members stay. */
@Command(
        name = "rm",
        description = "Remove an ensemble; its members stay.",
        footer = {"%nExamples:", "  foretell ensembles rm price", Exit.HELP})
final class EnsemblesRemove implements Callable<Integer> {
    @ParentCommand
    private EnsemblesCommand ensembles = new EnsemblesCommand();

    @Parameters(paramLabel = "NAME", description = "The ensemble's name.")
    private String name = "";

    @Override
    public Integer call() {
        String answer =
                ensembles.router().delete(EnsemblesCommand.path(name)).orFail().body();
        ensembles.out().println(ensembles.json() ? answer : name + " is removed");
        return Exit.OK;
    }
}
