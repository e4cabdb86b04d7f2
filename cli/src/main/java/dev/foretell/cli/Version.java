package dev.foretell.cli;

import dev.foretell.commons.identity.OwnVersion;
import picocli.CommandLine.IVersionProvider;

/** The output of {@code --version}. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"foretell " + OwnVersion.TEXT + ", Java " + Runtime.version()};
    }
}
