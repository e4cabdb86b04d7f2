package dev.foretell.cli.ensembles;

import dev.foretell.cli.options.RouterCommandGroup;
import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Exit;
import dev.foretell.commons.identity.Names;
import picocli.CommandLine.Command;

/** {@code foretell ensembles}: several models that are called as one. */
@Command(
        name = "ensembles",
        description = "Several models that are called as one: by which rule their responses are merged.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {EnsemblesList.class, EnsemblesShow.class, EnsemblesPut.class, EnsemblesRemove.class},
        footer = {
            "%nExamples:",
            "  foretell ensembles put price --merge median linear forest huber",
            "  foretell ensembles list",
            "  foretell predict price '{\"rooms\": 3}'",
            Exit.HELP
        })
public final class EnsemblesCommand extends RouterCommandGroup {
    /** {@code /v1/ensembles/price}. */
    static String path(String ensemble) {
        if (!Names.isValid(ensemble)) {
            throw CommandFailure.usage("'" + ensemble + "' cannot be an ensemble's name: a name is " + Names.RULE);
        }
        return "/v1/ensembles/" + ensemble;
    }
}
