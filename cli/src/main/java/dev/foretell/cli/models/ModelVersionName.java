package dev.foretell.cli.models;

import dev.foretell.cli.terminal.CommandFailure;
import org.jspecify.annotations.Nullable;

/** A model, or one version of it, in a user's notation: {@code iris} or {@code iris:2}. */
record ModelVersionName(String model, @Nullable Integer version) {
    static ModelVersionName of(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new ModelVersionName(text, null)
                : new ModelVersionName(text.substring(0, colon), number(text.substring(colon + 1)));
    }

    /** The number of a version. */
    static int number(String text) {
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw CommandFailure.usage("a version is a number, such as 2, not '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    /** {@code /v1/models/iris} or {@code /v1/models/iris/versions/2}. */
    String path() {
        return ModelsCommand.path(model) + (version == null ? "" : "/versions/" + version);
    }
}
