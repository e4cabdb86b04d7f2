package dev.foretell.cli.terminal;

/** A command cannot do its work; the message tells a person why, and the code tells a script. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandFailure(int exitCode, String message) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    public static CommandFailure of(String message) {
        return new CommandFailure(Exit.FAILED, message);
    }

    public static CommandFailure usage(String message) {
        return new CommandFailure(Exit.USAGE, message);
    }

    public static CommandFailure unreachable(String message) {
        return new CommandFailure(Exit.UNREACHABLE, message);
    }

    /** With the message of a failure that is meant for people. */
    public static CommandFailure of(Throwable cause) {
        return of(String.valueOf(cause.getMessage()));
    }

    /** The same for a mistake of the user. */
    public static CommandFailure usage(Throwable cause) {
        return usage(String.valueOf(cause.getMessage()));
    }

    public int exitCode() {
        return exitCode;
    }
}
