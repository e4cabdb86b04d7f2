package dev.foretell.cli.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.foretell.cli.client.Reply;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.commons.identity.Names;
import dev.foretell.commons.json.Json;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code foretell models alias}: another name for a version. */
@Command(
        name = "alias",
        description = "Name a version: calls to iris:prod go to the version with that alias.",
        footer = {
            "%nExamples:",
            "  foretell models alias iris prod 2",
            "  foretell models alias iris prod 2 --expect 1   only if it names version 1 now",
            "  foretell models alias iris prod --rm",
            Exit.HELP
        })
final class ModelsAlias implements Callable<Integer> {
    /** What the router is sent. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Target(int target, @Nullable Integer expect) {}

    @ParentCommand
    private ModelsCommand models = new ModelsCommand();

    @Parameters(index = "0", paramLabel = "NAME", description = "The model's name.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "ALIAS", description = "The alias, such as prod.")
    private String alias = "";

    @Parameters(index = "2", arity = "0..1", paramLabel = "VERSION", description = "The number of the version.")
    private @Nullable String version;

    @Option(names = "--expect", paramLabel = "VERSION", description = "The version that it must name now.")
    private @Nullable Integer expect;

    @Option(names = "--rm", description = "Remove the alias.")
    private boolean remove;

    @Override
    public Integer call() {
        if (remove == (version != null)) {
            throw CommandFailure.usage("an alias needs a version, or --rm to remove it");
        }
        if (!Names.isValid(alias)) {
            throw CommandFailure.usage("'" + alias + "' cannot be an alias: a name is " + Names.RULE);
        }
        Reply reply = version == null
                ? models.router().delete(path()).orFail()
                : models.router()
                        .put(path(), body(ModelVersionName.number(version)))
                        .orFail();
        String told = name + ":" + alias + (version == null ? " is removed" : " is version " + version);
        models.out().println(models.json() ? reply.body() : told);
        return Exit.OK;
    }

    private String path() {
        return ModelsCommand.path(name) + "/aliases/" + alias;
    }

    private String body(int target) {
        return Json.writeText(new Target(target, expect));
    }
}
