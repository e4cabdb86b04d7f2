package dev.foretell.router.http.message;

import dev.foretell.router.http.edge.HttpConfig;
import dev.foretell.router.http.edge.Readiness;
import dev.foretell.router.upstream.call.ResponseMemory;

/**
 * The shared parts of the routes of all groups.
 *
 * @param responses what workers' responses in transit may take
 */
public record RouteSupport(HttpConfig config, Readiness readiness, BackgroundWork work, ResponseMemory responses) {}
