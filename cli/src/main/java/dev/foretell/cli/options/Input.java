package dev.foretell.cli.options;

import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.cli.terminal.Unreadable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Text that a user gives as a file, on stdin ({@code -}), or in place. */
public final class Input {
    private Input() {}

    /** The text itself, or the text that it refers to: {@code @file}, or {@code -} for stdin. */
    public static String inPlace(String argument) {
        return argument.startsWith("@") ? file(argument.substring(1)) : argument.equals("-") ? file("-") : argument;
    }

    /** The text of a file, or of stdin for {@code -}. */
    public static String file(String name) {
        try {
            return name.equals("-")
                    ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(name));
        } catch (IOException e) {
            throw Unreadable.file(Path.of(name), e);
        } catch (InvalidPathException e) {
            throw CommandFailure.usage("'" + name + "' cannot be the name of a file");
        }
    }
}
