package dev.foretell.cli;

import dev.foretell.commons.identity.OwnVersion;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"foretell " + OwnVersion.TEXT + ", Java " + Runtime.version()};
    }
}
