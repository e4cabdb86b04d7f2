package dev.foretell.cli.terminal;

import dev.foretell.commons.identity.NearestNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The error for words that a command does not accept: which ones, and what it accepts instead. */
final class UsageWords {
    private UsageWords() {}

    static String of(ParameterException failure, String[] words) {
        if (failure instanceof UnmatchedArgumentException unmatched) {
            return unknownArguments(unmatched, words);
        }
        if (failure instanceof MissingParameterException missing) {
            return missingParameter(missing);
        }
        ArgSpec argument = failure.getArgSpec();
        String given = failure.getValue();
        if (argument != null && failure.getCause() instanceof TypeConversionException wrong) {
            return name(argument) + ": " + wrong.getMessage();
        }
        if (argument != null && argument.typeInfo().isMap() && given != null && !given.contains("=")) {
            return argument.isOption()
                    ? name(argument) + ": must be " + argument.paramLabel() + ", not '" + given + "'"
                    : "'" + given + "' must be " + argument.paramLabel();
        }
        return String.valueOf(failure.getMessage());
    }

    static String name(ArgSpec argument) {
        return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
    }

    private static String missingParameter(MissingParameterException failure) {
        List<String> names =
                failure.getMissing().stream().map(UsageWords::name).distinct().toList();
        boolean isOption = failure.getMissing().stream().anyMatch(ArgSpec::isOption);
        return String.join(" and ", names)
                + (isOption ? " needs a value" : names.size() == 1 ? " is missing" : " are missing");
    }

    private static String unknownArguments(UnmatchedArgumentException failure, String[] words) {
        String first = failure.getUnmatched().get(0);
        CommandLine command = failure.getCommandLine();
        if (failure.isUnknownOption()) {
            return "there is no option '" + first + "'" + nearest(first.replaceFirst("=.*", ""), options(command));
        }
        boolean takesCommands = !command.getSubcommands().isEmpty()
                && command.getCommandSpec().positionalParameters().isEmpty();
        if (takesCommands) {
            return "there is no command '" + first + "'"
                    + NearestNames.of(first, command.getSubcommands().keySet());
        }
        return command.getCommandSpec().positionalParameters().stream()
                .filter(parameter -> parameter.arity().isVariable())
                .findFirst()
                .map(parameter -> "'" + first + "' must be " + parameter.paramLabel())
                .orElseGet(() -> "'" + first + "' is one word too many" + quotes(words));
    }

    /** The shell splits words at blanks and removes quotes. */
    private static String quotes(String[] words) {
        boolean isJson = Arrays.stream(words).anyMatch(word -> word.startsWith("{") || word.startsWith("["));
        return isJson ? ": JSON goes between single quotes, '{\"n\": 10}'" : "";
    }

    /** One letter is similar to every other letter. */
    private static String nearest(String option, List<String> options) {
        return NearestNames.of(
                option,
                option.length() > 2
                        ? options
                        : options.stream().filter(option::equalsIgnoreCase).toList());
    }

    private static List<String> options(CommandLine command) {
        List<String> names = new ArrayList<>();
        for (CommandSpec spec = command.getCommandSpec(); spec != null; spec = spec.parent()) {
            spec.options().stream()
                    .filter(option -> !option.hidden())
                    .forEach(option -> names.addAll(List.of(option.names())));
        }
        return names;
    }
}
