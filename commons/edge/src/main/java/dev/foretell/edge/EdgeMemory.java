package dev.foretell.edge;

import io.netty.util.internal.PlatformDependent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The memory held for all callers of this process: on the heap, bodies until their responses; in direct memory,
 * requests that arrived early and unread responses. It lets the sum of the per-connection bounds exceed the memory.
 * Thread-safe.
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

    /** A quarter of the heap for bodies, half of the direct memory for everything else. */
    public static EdgeMemory ofThisProcess() {
        return of(Runtime.getRuntime().maxMemory() / HEAP_SHARE, PlatformDependent.maxDirectMemory() / DIRECT_SHARE);
    }

    static EdgeMemory of(long bodyBytes, long bufferBytes) {
        return new EdgeMemory(new MemoryBound(bodyBytes), new MemoryBound(bufferBytes));
    }

    /** The maximum length of a body: the setting, or the memory for all bodies if that is less. Logs the difference. */
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
