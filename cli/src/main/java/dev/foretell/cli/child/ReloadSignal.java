package dev.foretell.cli.child;

import sun.misc.Signal;

/** SIGHUP, by which a daemon is told to read its configuration again. */
public final class ReloadSignal {
    private ReloadSignal() {}

    /** Does something at each SIGHUP from now on; never where the platform has none. */
    public static void then(Runnable action) {
        try {
            Signal.handle(new Signal("HUP"), signal -> action.run());
        } catch (IllegalArgumentException e) {
            // Windows: there is no such signal.
        }
    }
}
