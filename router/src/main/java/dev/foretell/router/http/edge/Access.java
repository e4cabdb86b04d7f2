package dev.foretell.router.http.edge;

/** Whom a URL is for. Each has one: what is new cannot be served without. */
public enum Access {
    /** Everybody who reaches the port: predictions, health, metrics, and what a model takes. */
    OPEN,
    /** Those who may see what there is and where: the map, workers, models, files, settings. */
    STATE,
    /** Those who may change it, or have it do more than predict. */
    CHANGE
}
