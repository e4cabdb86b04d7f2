package dev.foretell.cli.terminal;

import java.io.Console;
import java.io.PrintWriter;
import java.util.function.LongConsumer;

/** Shows progress in one line that is overwritten. Called by one thread at a time. */
public final class ProgressBar implements LongConsumer {
    private static final int WIDTH = 40;

    private final PrintWriter out;
    private final String what;
    private final long total;
    private int shown = -1;

    private ProgressBar(PrintWriter out, String what, long total) {
        this.out = out;
        this.what = what;
        this.total = total;
    }

    /** A bar if the output is a terminal, otherwise nothing. */
    public static LongConsumer on(PrintWriter out, String what, long total) {
        return isTerminal() ? of(out, what, total) : done -> {};
    }

    /** From Java 22 on, a console may exist without a terminal; only such consoles can be asked. */
    @SuppressWarnings("SystemConsoleNull")
    public static boolean isTerminal() {
        Console console = System.console();
        try {
            return console != null
                    && (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException before22) {
            return true;
        }
    }

    static ProgressBar of(PrintWriter out, String what, long total) {
        return new ProgressBar(out, what, total);
    }

    @Override
    public void accept(long done) {
        int percent = total < 1 ? 100 : (int) (Math.min(done, total) * 100 / total);
        if (percent > shown) {
            shown = percent;
            int full = WIDTH * percent / 100;
            TerminalOutput.restartLine(out);
            out.print(what + " [" + "#".repeat(full) + " ".repeat(WIDTH - full) + "] " + percent + " % of "
                    + Bytes.of(total) + (percent == 100 ? System.lineSeparator() : ""));
            out.flush();
        }
    }
}
