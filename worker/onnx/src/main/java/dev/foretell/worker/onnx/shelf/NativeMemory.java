package dev.foretell.worker.onnx.shelf;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The memory of this process outside of Java; known on Linux. */
public final class NativeMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String DATA = "VmData:";

    private NativeMemory() {}

    /** In bytes; the difference of two values shows the memory of a model. */
    public static OptionalLong bytes() {
        try {
            return Files.readAllLines(STATUS, StandardCharsets.ISO_8859_1).stream()
                    .filter(line -> line.startsWith(DATA))
                    .mapToLong(line -> (Long.parseLong(line.replaceAll("\\D", "")) << 10) - ofJava())
                    .findFirst();
        } catch (IOException | RuntimeException e) {
            return OptionalLong.empty();
        }
    }

    private static long ofJava() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        return memory.getHeapMemoryUsage().getCommitted()
                + memory.getNonHeapMemoryUsage().getCommitted()
                + ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .filter(pool -> pool.getName().equals("direct"))
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
    }
}
