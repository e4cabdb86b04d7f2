package dev.foretell.router.routing;

/**
 * How model ids map to models.
 *
 * @param unknownModel the handling of an id that is not registered under its type
 * @param maxEntries maximum number of entries in the map, one per worker and model; larger changes are refused
 */
public record RoutingConfig(UnknownModel unknownModel, int maxEntries) {
    /** The handling of an unknown model id. */
    public enum UnknownModel {
        /** If its type has exactly one model, that model serves it. */
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
