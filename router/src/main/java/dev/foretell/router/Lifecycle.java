package dev.foretell.router;

/**
 * What the parts of a router do when its settings change, again and again while it runs, and when it stops: each part is
 * entered where it is built.
 */
record Lifecycle(LiveSettings settings, BackgroundJobs jobs, Shutdown shutdown) {}
