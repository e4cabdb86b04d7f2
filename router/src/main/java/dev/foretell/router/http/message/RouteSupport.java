package dev.foretell.router.http.message;

import dev.foretell.router.http.edge.HttpConfig;
import dev.foretell.router.http.edge.Readiness;

/** What the routes of all groups share. */
public record RouteSupport(HttpConfig config, Readiness readiness, BackgroundWork work) {}
