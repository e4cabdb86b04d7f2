package dev.foretell.router.http;

/** What the routes of all groups share. */
public record RouteSupport(HttpConfig config, Readiness readiness, HeavyWork work) {}
