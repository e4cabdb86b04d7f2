package dev.foretell.edge;

import io.netty.util.internal.PlatformDependent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all callers of this process together may have held for them: bodies, on the heap until their calls are answered; and, in
 * direct memory, requests that came ahead and answers that nobody takes. So connections times their own bounds need not fit
 * the memory. Thread-safe.
 */
public final class EdgeMemory {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeMemory.class);
    private static final int HEAP_SHARE = 4;
    private static final int DIRECT_SHARE = 2;

    private final MemoryBound bodies;
    private final MemoryBound buffers;

    private EdgeMemory(MemoryBound bodies, MemoryBound buffers) {
        this.bodies = bodies;
        this.buffers = buffers;
    }

    /** A quarter of the heap for bodies, half of the direct memory for the rest. */
    public static EdgeMemory ofThisProcess() {
        return of(Runtime.getRuntime().maxMemory() / HEAP_SHARE, PlatformDependent.maxDirectMemory() / DIRECT_SHARE);
    }

    static EdgeMemory of(long bodyBytes, long bufferBytes) {
        return new EdgeMemory(new MemoryBound(bodyBytes), new MemoryBound(bufferBytes));
    }

    /**
     * The longest body that may be taken: as long as the setting says, or, where that is more than all bodies may hold together, as
     * that. Says so.
     */
    public int clamp(String setting, int wanted) {
        int fitting = (int) Math.min(wanted, bodies.most());
        if (fitting < wanted) {
            LOG.warn(
                    "{} is {}, lowered to {}: the bodies of all callers may hold a quarter of the heap (-Xmx) together",
                    setting,
                    wanted,
                    fitting);
        }
        return fitting;
    }

    MemoryBound bodies() {
        return bodies;
    }

    MemoryBound buffers() {
        return buffers;
    }
}
