package dev.foretell.router;

/**
 * Where the parts of a router register their reaction to changed settings, their background jobs and their shutdown
 * step. Each part registers where it is built.
 */
record Lifecycle(LiveSettings settings, BackgroundJobs jobs, Shutdown shutdown) {}
