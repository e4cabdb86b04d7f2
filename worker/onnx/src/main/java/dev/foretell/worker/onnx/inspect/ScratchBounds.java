package dev.foretell.worker.onnx.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a process that runs an unknown file may have: no more of the machine's memory than a model of that size needs, where the
 * system is Linux; and nothing of our environment, where keys and tokens are, but what a Java needs.
 */
final class ScratchBounds {
    private static final long JAVA = 1L << 30;
    private static final long RUN = 1L << 30;
    private static final int COPIES = 3;
    private static final Set<String> VARIABLES = Set.of("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL");
    private static final String BOUNDED =
            "ulimit -c 0; ulimit -S -d \"$(ulimit -H -d)\"; ulimit -v \"$1\"; shift; exec \"$@\"";

    private ScratchBounds() {}

    /** The same command in bounds that let it load a file of so many bytes: three times those, and a gigabyte for its run. */
    static List<String> memory(List<String> command, long fileBytes) {
        if (!"Linux".equals(System.getProperty("os.name"))) {
            return command;
        }
        long kibibytes = (JAVA + RUN + COPIES * fileBytes) >> 10;
        List<String> bounded = new ArrayList<>(List.of("/bin/sh", "-c", BOUNDED, "scratch", Long.toString(kibibytes)));
        bounded.addAll(command);
        return bounded;
    }

    static void environment(Map<String, String> environment) {
        environment.keySet().retainAll(VARIABLES);
        environment.put("ORT_DISABLE_TELEMETRY", "1");
        environment.put("MALLOC_ARENA_MAX", "2");
    }
}
