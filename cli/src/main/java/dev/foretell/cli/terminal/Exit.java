package dev.foretell.cli.terminal;

/** The exit codes of every command; {@link #HELP} documents them. */
public final class Exit {
    public static final int OK = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    public static final int UNREACHABLE = 3;

    /** A server exceeds its bounds and must be replaced. The launcher uses this code too. */
    public static final int REPLACE = 75;

    public static final String HELP =
            "%nExit codes: 0 success, 1 failure, 2 wrong usage or configuration, 3 no response from there.";

    private Exit() {}
}
