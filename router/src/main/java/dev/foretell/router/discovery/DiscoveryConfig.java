package dev.foretell.router.discovery;

/**
 * Vert.x Service Discovery.
 *
 * @param announce whether registered workers are published as discovery records
 */
public record DiscoveryConfig(boolean announce) {
    public static DiscoveryConfig defaults() {
        return new DiscoveryConfig(true);
    }
}
