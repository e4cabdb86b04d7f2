package dev.foretell.router.tasks;

import java.util.Objects;

/**
 * How a trained model is served.
 *
 * @param model the registered model whose next version it becomes
 * @param weight percent of the calls that a canary gets; 0 where there is no canary
 * @param ifBetterOn the metric that must be greater than that of the version that serves, on the same rows; empty for no
 *     condition
 * @param ensemble the name under which the best models of a search answer together; empty for none
 */
public record ServeOrder(String model, As as, int weight, String ifBetterOn, String ensemble) {
    /** The calls that the new version gets. The first version of a model gets all of them anyway. */
    public enum As {
        /** None. */
        STAGED,
        /** A share of them, until it is promoted, or fails more often than the others and loses it. */
        CANARY,
        /** All calls. */
        PROMOTE
    }

    public ServeOrder {
        ifBetterOn = Objects.requireNonNullElse(ifBetterOn, "");
        ensemble = Objects.requireNonNullElse(ensemble, "");
    }
}
