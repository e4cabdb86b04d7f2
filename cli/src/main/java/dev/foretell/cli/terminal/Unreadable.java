package dev.foretell.cli.terminal;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Why a file that a user has named cannot be read. */
public final class Unreadable {
    private Unreadable() {}

    public static CommandFailure file(Path file, IOException failure) {
        return CommandFailure.usage(why(file, failure));
    }

    private static String why(Path file, IOException failure) {
        if (Files.isDirectory(file)) {
            return "'" + file + "' is a folder, not a file";
        }
        if (Files.notExists(file)) {
            return "there is no file '" + file + "'";
        }
        if (failure instanceof CharacterCodingException) {
            return "'" + file + "' is not a text in UTF-8";
        }
        return "cannot read '" + file + "'"
                + (failure instanceof AccessDeniedException ? ": its permissions forbid it" : "");
    }
}
