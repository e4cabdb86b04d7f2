package dev.foretell.cli.child;

import sun.misc.Signal;

/** SIGHUP, which tells a daemon to read its configuration again. */
public final class ReloadSignal {
    private ReloadSignal() {}

    /** Runs the action at each SIGHUP from now on; never on platforms without it. */
    public static void then(Runnable action) {
        try {
            Signal.handle(new Signal("HUP"), signal -> action.run());
        } catch (IllegalArgumentException e) {
            // Windows: there is no such signal.
        }
    }
}
