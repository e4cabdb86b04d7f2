package dev.foretell.worker.onnx.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The bounds of a process that runs an unknown file: on Linux, no more memory than a model of that size needs;
 * everywhere, only the environment variables that Java needs, without our keys and tokens.
 */
final class ScratchBounds {
    private static final long JAVA = 1L << 30;
    private static final long RUN = 1L << 30;
    private static final int COPIES = 3;
    private static final Set<String> VARIABLES = Set.of("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL");
    private static final String BOUNDED =
            "ulimit -c 0; ulimit -S -d \"$(ulimit -H -d)\"; ulimit -v \"$1\"; shift; exec \"$@\"";

    private ScratchBounds() {}

    /**
     * The command within bounds that let it load a file of this length: three times the length, and a gigabyte for its
     * run.
     *
     * @param room bytes of its host for models and runs, if that is more
     */
    static List<String> memory(List<String> command, long fileBytes, long room) {
        if (!"Linux".equals(System.getProperty("os.name"))) {
            return command;
        }
        String kibibytes = Long.toString(bytes(fileBytes, room) >> 10);
        List<String> bounded = new ArrayList<>(List.of("/bin/sh", "-c", BOUNDED, "scratch", kibibytes));
        bounded.addAll(command);
        return bounded;
    }

    private static long bytes(long fileBytes, long room) {
        return JAVA + Math.max(RUN + COPIES * fileBytes, room);
    }

    static void environment(Map<String, String> environment) {
        environment.keySet().retainAll(VARIABLES);
        environment.put("ORT_DISABLE_TELEMETRY", "1");
        environment.put("MALLOC_ARENA_MAX", "2");
    }
}
