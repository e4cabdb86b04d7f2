package dev.foretell.router.upstream.call;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Cancels a call in flight, once: by its deadline or by its caller. Confined to one event loop. */
public final class Cancellation {
    private @Nullable Consumer<AttemptFailure.Reason> breakOff;
    private AttemptFailure.@Nullable Reason reason;

    /** Cancels the current attempt, if any; later attempts do not start. */
    public void abort(AttemptFailure.Reason why) {
        if (reason == null) {
            reason = why;
            if (breakOff != null) {
                breakOff.accept(why);
            }
        }
    }

    /** Why the call was cancelled; null if it was not. */
    public AttemptFailure.@Nullable Reason reason() {
        return reason;
    }

    /** The call has its outcome and can no longer be cancelled. */
    public void finish() {
        breakOff = null;
    }

    /** Sets the action for a cancellation from now on; replaces the previous one. */
    public void onAbort(Consumer<AttemptFailure.Reason> howToBreakOff) {
        breakOff = howToBreakOff;
    }
}
