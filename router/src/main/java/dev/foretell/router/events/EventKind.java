package dev.foretell.router.events;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** The kind of an event. */
public enum EventKind {
    /** A worker joined, left, or changed its state. */
    @JsonProperty("worker")
    WORKER,
    /** A model got or lost its last ready worker, or its versions, traffic or aliases changed. */
    @JsonProperty("model")
    MODEL,
    @JsonProperty("ensemble")
    ENSEMBLE,
    /** A training task changed its state. */
    @JsonProperty("task")
    TASK,
    /** The router itself: its start, its store. */
    @JsonProperty("router")
    ROUTER,
    /** Somebody changed something. */
    @JsonProperty("write")
    WRITE,
    /** Of a newer router. */
    @JsonEnumDefaultValue
    @JsonProperty("other")
    OTHER
}
