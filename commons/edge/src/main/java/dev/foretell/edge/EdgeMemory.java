package dev.foretell.edge;

import io.netty.util.internal.PlatformDependent;

/**
 * What all callers of this process together may have held for them: bodies, on the heap until their calls are answered; and, in
 * direct memory, requests that came ahead and answers that nobody takes. So connections times their own bounds need not fit
 * the memory. Thread-safe.
 */
public final class EdgeMemory {
    private static final int HEAP_SHARE = 4;
    private static final int DIRECT_SHARE = 2;

    private final HeldBytes bodies;
    private final HeldBytes buffers;

    private EdgeMemory(HeldBytes bodies, HeldBytes buffers) {
        this.bodies = bodies;
        this.buffers = buffers;
    }

    /** A quarter of the heap for bodies, half of the direct memory for the rest. */
    public static EdgeMemory ofThisProcess() {
        return of(Runtime.getRuntime().maxMemory() / HEAP_SHARE, PlatformDependent.maxDirectMemory() / DIRECT_SHARE);
    }

    static EdgeMemory of(long bodyBytes, long bufferBytes) {
        return new EdgeMemory(new HeldBytes(bodyBytes), new HeldBytes(bufferBytes));
    }

    HeldBytes bodies() {
        return bodies;
    }

    HeldBytes buffers() {
        return buffers;
    }
}
