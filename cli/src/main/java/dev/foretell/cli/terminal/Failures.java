package dev.foretell.cli.terminal;

import dev.foretell.commons.config.ConfigException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** The only place that turns a command's failure into a message on stderr and an exit code. */
public final class Failures implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof CommandFailure known) {
            command.getErr().println("foretell: " + known.getMessage());
            return known.exitCode();
        }
        if (failure instanceof ConfigException config) {
            command.getErr().println("foretell: the configuration cannot be used:");
            config.problems().forEach(problem -> command.getErr().println("  " + problem));
            return Exit.USAGE;
        }
        if (failure instanceof InterruptedException) {
            return Exit.FAILED;
        }
        command.getErr().println("foretell: an internal error; please report it with these lines:");
        failure.printStackTrace(command.getErr());
        return Exit.FAILED;
    }
}
