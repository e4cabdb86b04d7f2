package dev.foretell.cli.models;

import dev.foretell.cli.client.RouterHttp;
import dev.foretell.cli.options.RouterUrl;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.commons.identity.Names;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code foretell models}: model files for hosts, and the distribution of calls over their versions. */
@Command(
        name = "models",
        description = "Upload model files for hosts to serve, and choose which version gets which calls.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ModelsList.class,
            ModelsShow.class,
            ModelsPush.class,
            ModelsPromote.class,
            ModelsSplit.class,
            ModelsAlias.class,
            ModelsRemove.class,
            ModelsDownload.class
        },
        footer = {
            "%nExamples:",
            "  foretell models push iris.onnx",
            "  foretell models list",
            "  foretell models split iris 1=95 2=5",
            "  foretell models promote iris 2",
            Exit.HELP
        })
public final class ModelsCommand {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RouterUrl router = new RouterUrl();

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print the router's JSON, for scripts.")
    private boolean json;

    RouterHttp router() {
        return router.open();
    }

    boolean json() {
        return json;
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** {@code /v1/models/iris}. */
    static String path(String model) {
        if (!Names.isValid(model)) {
            throw CommandFailure.usage("'" + model + "' cannot be a model's name: "
                    + (model.matches("[^:]+:[^:]+") ? "give it without a version here" : "a name is " + Names.RULE));
        }
        return "/v1/models/" + model;
    }
}
