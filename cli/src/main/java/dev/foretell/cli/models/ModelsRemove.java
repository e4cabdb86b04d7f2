package dev.foretell.cli.models;

import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code foretell models rm}: removes a model or one version. */
@Command(
        name = "rm",
        description = "Remove a model or version that gets no calls; an unused file is deleted too.",
        footer = {
            "%nExamples:",
            "  foretell models rm iris:1",
            "  foretell models rm iris --force                  though it gets calls",
            Exit.HELP
        })
final class ModelsRemove implements Callable<Integer> {
    @ParentCommand
    private ModelsCommand models = new ModelsCommand();

    @Parameters(paramLabel = "NAME[:VERSION]", description = "The model or version to remove.")
    private String what = "";

    @Option(names = "--force", description = "Remove a model that gets calls.")
    private boolean force;

    @Override
    public Integer call() {
        ModelVersionName name = ModelVersionName.of(what);
        if (force && name.version() != null) {
            throw CommandFailure.usage("--force is for whole models; give the version's calls to another one first");
        }
        String answer = models.router()
                .delete(name.path() + (force ? "?force=true" : ""))
                .orFail()
                .body();
        models.out().println(models.json() ? answer : what + " is removed");
        return Exit.OK;
    }
}
