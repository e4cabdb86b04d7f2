package dev.foretell.cli.terminal;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Refuses two values for one key, because only the last one would count. {@code --set} is different: scripts
 * add it to override.
 */
public final class OnceEach implements IExecutionStrategy {
    private final IExecutionStrategy next;

    public OnceEach(IExecutionStrategy next) {
        this.next = next;
    }

    @Override
    public int execute(ParseResult parsed) throws CommandLine.ExecutionException, ParameterException {
        for (CommandLine command : parsed.asCommandLineList()) {
            command.getParseResult().matchedArgs().stream()
                    .filter(argument -> argument.typeInfo().isMap() && !isOverride(argument))
                    .forEach(argument -> require(command, argument));
        }
        return next.execute(parsed);
    }

    private static boolean isOverride(ArgSpec argument) {
        return argument instanceof OptionSpec option && option.longestName().equals("--set");
    }

    private static void require(CommandLine command, ArgSpec argument) {
        Set<String> keys = new HashSet<>();
        List<String> pairs = argument.originalStringValues();
        for (String pair : pairs) {
            String key = pair.replaceFirst("=.*", "").replaceFirst("^0+(?=\\d)", "");
            if (!keys.add(key)) {
                throw new ParameterException(
                        command,
                        UsageWords.name(argument) + ": " + key + " is given twice, in " + String.join(" ", pairs));
            }
        }
    }
}
