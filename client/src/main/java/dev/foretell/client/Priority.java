package dev.foretell.client;

/** The priority of a call while it waits for its model. Calls of low priority are turned away first. */
public enum Priority {
    HIGH,
    NORMAL,
    LOW
}
