package dev.foretell.router.upstream.call;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import java.io.IOException;

/**
 * What one call of a dialect holds of its workers' responses while it turns them into its own: bodies, JSON trees and the text that is
 * made of them. It takes the memory out of what all responses in transit may take, before it uses it, and gives all of it back at its
 * end. Thread-safe, because long responses are read outside the event loop.
 */
public final class CallMemory implements MeteredParser.Memory, AutoCloseable {
    /** A body, and what it is copied into. */
    private static final int COPIES = 2;

    private final ResponseMemory all;
    private final ServingException tooLong;
    private long taken;
    private boolean isOver;

    /** @param tooLong why a call fails that alone needs more than there is */
    public CallMemory(ResponseMemory all, ServingException tooLong) {
        this.all = all;
        this.tooLong = tooLong;
    }

    /**
     * Takes bytes for the rest of the call.
     *
     * @throws ServingException {@link FailureKind#SHED} where other calls leave too little, or the given failure
     */
    @Override
    public synchronized void take(long bytes) {
        if (isOver || !all.take(bytes)) {
            throw all.canHold(taken + bytes)
                    ? new ServingException(
                            FailureKind.SHED, "long responses fill the router's memory for them; call again")
                    : tooLong;
        }
        taken += bytes;
    }

    /** Takes them for one step only. */
    @Override
    public synchronized void giveBack(long bytes) {
        if (!isOver) {
            taken -= bytes;
            all.giveBack(bytes);
        }
    }

    /** Takes what a body needs that is copied into another one. */
    public void takeBody(int length) {
        take((long) COPIES * length);
    }

    /** Takes as much again as the call holds, for what is made of it. */
    public synchronized void takeAgain() {
        take(taken);
    }

    /**
     * Parses JSON into a tree whose size is taken.
     *
     * @throws ServingException {@link FailureKind#MALFORMED}; or as {@link #take}
     */
    public JsonNode readTree(byte[] body) {
        try (MeteredParser parser = new MeteredParser(Json.parser(body), this, true)) {
            JsonNode tree = Json.MAPPER.readTree(parser);
            parser.end();
            if (tree == null || tree.isMissingNode()) {
                throw new ServingException(FailureKind.MALFORMED, "the body is empty");
            }
            return tree;
        } catch (IOException e) {
            throw ServingException.of(e, FailureKind.MALFORMED, "the body is not JSON");
        }
    }

    /** Gives everything back. What is still being read for the call then stops. */
    @Override
    public synchronized void close() {
        if (!isOver) {
            isOver = true;
            all.giveBack(taken);
        }
    }
}
