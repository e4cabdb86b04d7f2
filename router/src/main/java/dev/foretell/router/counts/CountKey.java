package dev.foretell.router.counts;

/**
 * What calls are counted by.
 *
 * @param model the model id as the caller sent it
 * @param worker the worker that answered, as {@code host-port-local_worker_id}; or the reason why none did
 */
public record CountKey(String type, String model, String worker) {}
