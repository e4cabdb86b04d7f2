package dev.foretell.worker.onnx;

import java.lang.management.ManagementFactory;

/** How much memory a host may take, by its settings and its machine. */
final class HostMemory {
    /** The memory of Java besides models and runs: heap, code, buffers and stacks. */
    private static final long JAVA = 1L << 30;

    private HostMemory() {}

    /** The most that the process may take. */
    static long bound(HostConfig config) {
        return bound(config, machine());
    }

    /** The memory for models and runs, besides Java. */
    static long room(HostConfig config) {
        return room(config, machine());
    }

    static long room(HostConfig config, long machine) {
        return Math.max(0, bound(config, machine) - JAVA);
    }

    /** Models take up to twice their final memory while they load. Never more than nearly all memory of the machine. */
    static long bound(HostConfig config, long machine) {
        long wanted = 2 * config.shelf().memoryBytes() + config.onnx().runMemoryBytes() + JAVA;
        return Math.min(wanted, machine / 20 * 19);
    }

    /** The memory of the machine or the container. */
    private static long machine() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : Long.MAX_VALUE;
    }
}
