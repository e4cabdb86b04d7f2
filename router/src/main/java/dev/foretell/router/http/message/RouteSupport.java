package dev.foretell.router.http.message;

import dev.foretell.router.http.edge.HttpConfig;
import dev.foretell.router.http.edge.Readiness;

/** The shared parts of the routes of all groups. */
public record RouteSupport(HttpConfig config, Readiness readiness, BackgroundWork work) {}
