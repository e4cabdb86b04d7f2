package dev.foretell.router.upstream.call;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The handle by which a call in flight is broken off, once, by its deadline or by its caller. Confined to one event loop. */
public final class Cancellation {
    private @Nullable Consumer<AttemptFailure.Reason> breakOff;
    private AttemptFailure.@Nullable Reason reason;

    /** Breaks off what is under way, if anything; later attempts do not start. */
    public void abort(AttemptFailure.Reason why) {
        if (reason == null) {
            reason = why;
            if (breakOff != null) {
                breakOff.accept(why);
            }
        }
    }

    /** Why the call was broken off; null while it was not. */
    public AttemptFailure.@Nullable Reason reason() {
        return reason;
    }

    /** The call has its outcome: there is nothing left to break off. */
    public void finish() {
        breakOff = null;
    }

    /** What to do if the call is broken off from now on; replaces what was to be done before. */
    public void onAbort(Consumer<AttemptFailure.Reason> howToBreakOff) {
        breakOff = howToBreakOff;
    }
}
