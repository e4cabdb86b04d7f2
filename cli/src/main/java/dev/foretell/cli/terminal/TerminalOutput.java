package dev.foretell.cli.terminal;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.regex.Pattern;

/**
 * What a command prints. Texts from outside, such as predictions, names of files and messages of routers, may hold control characters
 * that would move the cursor, change what stands on the terminal, type for the user, or turn the direction of writing; here they become
 * question marks, as in logs.
 * Tabs, ends of lines, and the few colours of the command's own help stay.
 */
public final class TerminalOutput extends PrintWriter {
    /** What the help is written with: bold, faint, italic, underlined, yellow, and their ends. */
    private static final String HELP_STYLE = "\u001b\\[(?:[0-4]|2[1-4]|33|39)m";

    private static final Pattern CONTROL = Pattern.compile(
            "(" + HELP_STYLE + "|\r\n)|[\\p{Cc}&&[^\\t\n]]|[\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]");

    /** Each line is flushed. */
    public TerminalOutput(Writer terminal) {
        super(terminal, true);
    }

    /** Goes back to the start of the line, to write it over; the text behind it is printed as usual. */
    public static void restartLine(PrintWriter out) {
        if (out instanceof TerminalOutput output) {
            output.restart();
        } else {
            out.print('\r');
        }
    }

    /** Clears the terminal, to print the next screen. */
    public static void clearScreen(PrintWriter out) {
        if (out instanceof TerminalOutput output) {
            output.clear();
        }
    }

    private void clear() {
        String home = "\u001b[H\u001b[2J";
        super.write(home, 0, home.length());
    }

    private void restart() {
        super.write("\r", 0, 1);
    }

    @Override
    public void write(int c) {
        write(String.valueOf((char) c));
    }

    @Override
    public void write(char[] text, int offset, int length) {
        write(new String(text, offset, length));
    }

    @Override
    public void write(String text, int offset, int length) {
        String printable = printable(text.substring(offset, offset + length));
        super.write(printable, 0, printable.length());
    }

    static String printable(String text) {
        return CONTROL.matcher(text).replaceAll(found -> found.group(1) == null ? "?" : found.group(1));
    }
}
