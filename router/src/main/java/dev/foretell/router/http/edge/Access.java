package dev.foretell.router.http.edge;

/** The access that a URL needs. Every URL must declare one. */
public enum Access {
    /** Everyone who can reach the port: predictions, health, metrics, and model metadata. */
    OPEN,
    /** Callers who may read the state: the map, workers, models, files, settings. */
    STATE,
    /** Callers who may change the state, or use the router for more than predictions. */
    CHANGE
}
