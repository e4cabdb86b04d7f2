package dev.foretell.router.counts;

/**
 * The key of a count.
 *
 * @param model the model id that the caller sent
 * @param worker the worker that responded, as {@code host-port-local_worker_id}; or the reason why no worker did
 */
public record CountKey(String type, String model, String worker) {}
