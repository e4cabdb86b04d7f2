package dev.foretell.router.routing;

/**
 * How model ids find their model.
 *
 * @param unknownModel what becomes of an id that is not registered under its type
 */
public record RoutingConfig(UnknownModel unknownModel) {
    /** What becomes of an unknown model id. */
    public enum UnknownModel {
        /** Where its type has exactly one model, that one serves it. */
        SINGLE,
        /** It is always an error. */
        REJECT
    }

    public static RoutingConfig defaults() {
        return new RoutingConfig(UnknownModel.SINGLE);
    }
}
