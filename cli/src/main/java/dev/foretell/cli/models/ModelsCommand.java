package dev.foretell.cli.models;

import dev.foretell.cli.options.RouterCommandGroup;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.commons.identity.Names;
import picocli.CommandLine.Command;

/** {@code foretell models}: model files for hosts, and the distribution of calls over their versions. */
@Command(
        name = "models",
        description = "Upload model files for hosts to serve, and choose which version gets which calls.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ModelsList.class,
            ModelsShow.class,
            ModelsPush.class,
            ModelsRetrain.class,
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
public final class ModelsCommand extends RouterCommandGroup {
    /** {@code /v1/models/iris}. */
    static String path(String model) {
        if (!Names.isValid(model)) {
            throw CommandFailure.usage("'" + model + "' cannot be a model's name: "
                    + (model.matches("[^:]+:[^:]+") ? "give it without a version here" : "a name is " + Names.RULE));
        }
        return "/v1/models/" + model;
    }
}
