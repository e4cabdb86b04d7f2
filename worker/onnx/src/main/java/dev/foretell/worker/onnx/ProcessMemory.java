package dev.foretell.worker.onnx;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The memory of this process on Linux; elsewhere it is unknown and unbounded. */
final class ProcessMemory {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessMemory.class);
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";
    private static final long MAX_SECONDS = 10;

    private ProcessMemory() {}

    /** The resident memory in bytes. */
    static OptionalLong resident() {
        try {
            return Files.readAllLines(STATUS, StandardCharsets.ISO_8859_1).stream()
                    .filter(line -> line.startsWith(RESIDENT))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst();
        } catch (IOException | RuntimeException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * From now on the system limits the data memory of this process: an allocation beyond the limit fails, for example
     * in a model's run. Uses {@code prlimit}, because Java has no call for it.
     */
    static void bound(long bytes) {
        if (!Files.exists(STATUS)) {
            return;
        }
        String self = Long.toString(ProcessHandle.current().pid());
        try {
            Process set = new ProcessBuilder("prlimit", "--pid", self, "--data=" + bytes + ":")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!set.waitFor(MAX_SECONDS, TimeUnit.SECONDS) || set.exitValue() != 0) {
                LOG.info("prlimit did not bound the memory of this process: it ends if it takes too much");
            }
        } catch (IOException e) {
            LOG.info("there is no prlimit to bound the memory of this process: it ends if it takes too much");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
