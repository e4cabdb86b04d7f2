package dev.foretell.router.predict.call;

import dev.foretell.router.admission.Priority;
import org.jspecify.annotations.Nullable;

/**
 * How a caller wants a call to be treated.
 *
 * @param stickyKey calls with the same one belong together, where the model's policy cares; null where the caller gave none
 * @param wantsFresh whether the call is not to be answered from a cache
 */
public record CallPreferences(@Nullable String stickyKey, Priority priority, boolean wantsFresh) {
    /** Of a call of the router's own. */
    public static final CallPreferences OWN = new CallPreferences(null, Priority.NORMAL, true);

    private static final CallPreferences USUAL = new CallPreferences(null, Priority.NORMAL, false);

    /** Nearly every caller has none: those share one object. */
    public static CallPreferences of(@Nullable String stickyKey, Priority priority, boolean wantsFresh) {
        return stickyKey == null && priority == Priority.NORMAL && !wantsFresh
                ? USUAL
                : new CallPreferences(stickyKey, priority, wantsFresh);
    }
}
