package dev.foretell.cli.terminal;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports wrong usage in one sentence that refers to the help; the full help would hide the sentence. */
public final class WrongUsage implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        boolean isUnknown = failure instanceof UnmatchedArgumentException;
        if (!isUnknown && !(command.getCommand() instanceof Callable)) { // only its subcommands can run
            command.usage(err);
            return Exit.USAGE;
        }
        String words = UsageWords.of(failure, arguments);
        err.println("foretell: " + words + (words.endsWith("?") ? " See " : "; see ")
                + command.getCommandSpec().qualifiedName() + " --help");
        return Exit.USAGE;
    }
}
