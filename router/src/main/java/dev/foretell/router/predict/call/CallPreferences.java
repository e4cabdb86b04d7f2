package dev.foretell.router.predict.call;

import dev.foretell.router.admission.Priority;
import org.jspecify.annotations.Nullable;

/**
 * The caller's preferences for a call.
 *
 * @param stickyKey the key for keyed policies; null without one
 * @param wantsFresh whether the caller refuses a cached response
 */
public record CallPreferences(@Nullable String stickyKey, Priority priority, boolean wantsFresh) {
    /** The preferences of a call by the router itself. */
    public static final CallPreferences OWN = new CallPreferences(null, Priority.NORMAL, true);

    private static final CallPreferences USUAL = new CallPreferences(null, Priority.NORMAL, false);

    /** Nearly every caller has the defaults, which share one object. */
    public static CallPreferences of(@Nullable String stickyKey, Priority priority, boolean wantsFresh) {
        return stickyKey == null && priority == Priority.NORMAL && !wantsFresh
                ? USUAL
                : new CallPreferences(stickyKey, priority, wantsFresh);
    }
}
