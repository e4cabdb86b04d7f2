package dev.foretell.router.tasks;

/**
 * What becomes of a trained model.
 *
 * @param model the registered model that gets it as its next version
 */
public record ServeOrder(String model, As as) {
    /** Which calls the new version gets. */
    public enum As {
        /** None, unless it is the model's first. */
        STAGED,
        /** All. */
        PROMOTE
    }
}
