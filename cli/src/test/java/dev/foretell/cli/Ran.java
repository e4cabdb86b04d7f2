package dev.foretell.cli;

import dev.foretell.cli.terminal.TerminalOutput;
import java.io.StringWriter;
import picocli.CommandLine;

/** What a command did when it was run in this JVM. */
public record Ran(int exitCode, String out, String err) {
    public static Ran foretell(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command =
                Foretell.commandLine().setOut(new TerminalOutput(out)).setErr(new TerminalOutput(err));
        return new Ran(command.execute(arguments), out.toString(), err.toString());
    }
}
