package dev.foretell.router.routing;

/**
 * How model ids find their model.
 *
 * @param unknownModel what becomes of an id that is not registered under its type
 * @param maxEntries most entries of the map, each a worker of one model; a change that leads to more is refused
 */
public record RoutingConfig(UnknownModel unknownModel, int maxEntries) {
    /** What becomes of an unknown model id. */
    public enum UnknownModel {
        /** Where its type has exactly one model, that one serves it. */
        SINGLE,
        /** It is always an error. */
        REJECT
    }

    public RoutingConfig {
        if (maxEntries < 1) {
            throw new IllegalArgumentException("max-entries must be at least 1");
        }
    }

    public static RoutingConfig defaults() {
        return new RoutingConfig(UnknownModel.SINGLE, 20_000);
    }
}
