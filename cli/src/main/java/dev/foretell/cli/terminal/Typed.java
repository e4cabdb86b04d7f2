package dev.foretell.cli.terminal;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Converts words to numbers and files, with error messages. */
public final class Typed {
    private Typed() {}

    /** Makes a command and its subcommands convert words in this way. */
    public static CommandLine words(CommandLine command) {
        return command.registerConverter(int.class, text -> number(text, Integer::valueOf))
                .registerConverter(Integer.class, text -> number(text, Integer::valueOf))
                .registerConverter(long.class, text -> number(text, Long::valueOf))
                .registerConverter(Double.class, Typed::ratio)
                .registerConverter(boolean.class, Typed::flag)
                .registerConverter(Path.class, Typed::path);
    }

    private static <T> T number(String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (NumberFormatException e) {
            throw new TypeConversionException(
                    text.matches("[+-]?[0-9]+")
                            ? "the number " + text + " is too large"
                            : "must be a whole number, not '" + text + "'");
        }
    }

    private static double ratio(String text) {
        if (!text.matches("[+-]?([0-9]{1,15}(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?")) {
            throw new TypeConversionException("must be a number such as 0.05, not '" + text + "'");
        }
        return Double.parseDouble(text);
    }

    private static boolean flag(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new TypeConversionException("takes no value, not '" + text + "'");
        }
        return text.equals("true");
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("'" + text + "' cannot be the name of a file");
        }
    }
}
