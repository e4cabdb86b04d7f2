package dev.foretell.cli.terminal;

/** The exit codes of every command; {@link #HELP} tells people of them. */
public final class Exit {
    public static final int OK = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    public static final int UNREACHABLE = 3;

    /** A server over its bounds: another is to take its place. The launcher knows it, too. */
    public static final int REPLACE = 75;

    public static final String HELP =
            "%nExit codes: 0 done, 1 failed, 2 wrong usage or configuration, 3 nothing answers there.";

    private Exit() {}
}
