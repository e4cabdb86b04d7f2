package dev.foretell.router.http.tasks;

import dev.foretell.commons.identity.NearestNames;
import dev.foretell.commons.identity.OwnVersion;
import org.jspecify.annotations.Nullable;

/** The release of a trainer, from its {@code User-Agent}: one that is not the router's may not know what the router accepts. */
final class TrainerRelease {
    private static final String TRAINER = "foretell-trainer/";

    private TrainerRelease() {}

    /** In words, to follow why a task failed; empty for the same release, or for another client. */
    static String difference(@Nullable String userAgent) {
        if (userAgent == null || !userAgent.startsWith(TRAINER)) {
            return "";
        }
        String release = userAgent.substring(TRAINER.length());
        return release.equals(OwnVersion.TEXT)
                ? ""
                : " (the trainer is of release " + NearestNames.abbreviate(release) + ", the router of "
                        + OwnVersion.TEXT + ": start a trainer of the router's release)";
    }
}
