package dev.foretell.router.tasks;

import java.util.Objects;

/**
 * What becomes of a trained model.
 *
 * @param model the registered model that gets it as its next version
 * @param weight percent of the calls that a canary gets; 0 where there is no canary
 * @param ifBetterOn the metric that must be greater than that of the version that serves, on the same rows; empty for no condition
 */
public record ServeOrder(String model, As as, int weight, String ifBetterOn) {
    /** Which calls the new version gets. The first version of a model gets all of them anyway. */
    public enum As {
        /** None. */
        STAGED,
        /** A share of them, until it is promoted, or fails more often than the others and loses it. */
        CANARY,
        /** All. */
        PROMOTE
    }

    public ServeOrder {
        ifBetterOn = Objects.requireNonNullElse(ifBetterOn, "");
    }
}
