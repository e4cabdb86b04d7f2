package dev.foretell.router.ensemble.call;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.router.upstream.call.MeteredParser;
import dev.foretell.router.upstream.call.ResponseMemory;
import org.jspecify.annotations.Nullable;

/**
 * The memory that one call of an ensemble takes, out of what all workers' responses in transit may take: for the copies of its body on
 * their way to the members, for the members' responses as JSON trees, and for what they are merged into. The call takes it before it
 * uses it, and gives all of it back at its end. Thread-safe, because long responses are read outside the event loop.
 */
final class MergeMemory implements MeteredParser.Memory {
    private final ResponseMemory all;
    private long taken;
    private long longest;
    private @Nullable ServingException refusal;
    private boolean isOver;

    MergeMemory(ResponseMemory all) {
        this.all = all;
    }

    /**
     * Takes bytes for the rest of the call.
     *
     * @throws ServingException {@link FailureKind#SHED} where other calls leave too little; {@link FailureKind#QUORUM_MISSED} where
     *     this call alone needs more than there is
     */
    @Override
    public synchronized void take(long bytes) {
        if (isOver || !all.take(bytes)) {
            ServingException refused = refusal(bytes);
            refusal = refusal == null ? refused : refusal;
            throw refused;
        }
        taken += bytes;
    }

    /** Takes them for one task only. */
    @Override
    public synchronized void giveBack(long bytes) {
        if (!isOver) {
            taken -= bytes;
            all.giveBack(bytes);
        }
    }

    /** A member's response was read into a tree of this size, for which memory has been taken. */
    synchronized void addTree(long bytes) {
        longest = Math.max(longest, bytes);
    }

    /** Takes the memory for trees of the shape of the members' responses. */
    synchronized void takeMerged(int trees) {
        take(trees * longest);
    }

    /** Why the responses so far cannot be merged within the memory; null while they can. */
    synchronized @Nullable ServingException refusal() {
        return refusal;
    }

    /** Gives everything back. What is still being read for the call then stops. */
    synchronized void close() {
        if (!isOver) {
            isOver = true;
            all.giveBack(taken);
        }
    }

    private ServingException refusal(long bytes) {
        return all.canHold(taken + bytes)
                ? new ServingException(
                        FailureKind.SHED, "the calls of ensembles fill the router's memory for responses; call again")
                : new ServingException(
                        FailureKind.QUORUM_MISSED,
                        "what this call sends to the members, and merges of them, is longer than the router's memory"
                                + " for responses");
    }
}
