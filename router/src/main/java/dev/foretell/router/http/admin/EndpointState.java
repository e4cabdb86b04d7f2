package dev.foretell.router.http.admin;

import dev.foretell.router.health.RoutingObstacle;
import org.jspecify.annotations.Nullable;

/**
 * The state of a worker at one model.
 *
 * @param why why it gets no calls or less than its share, as a sentence; null if it gets its share
 * @param leaseLeftMillis the time left of its lease; null without one
 */
public record EndpointState(
        RoutingObstacle state,
        @Nullable String why,
        @Nullable Long leaseLeftMillis) {}
