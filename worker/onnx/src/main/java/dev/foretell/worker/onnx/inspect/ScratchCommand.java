package dev.foretell.worker.onnx.inspect;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a scratch process is started: by this process's own Java and class path, with a small heap. Where the system is Linux,
 * its memory is bounded, and it is the first to go where the machine has none left.
 *
 * @param memoryBytes the most memory for what is not Java
 */
record ScratchCommand(Class<?> program, Duration longest, long memoryBytes) {
    private static final long JAVA_BYTES = 1 << 30;
    private static final String NATIVE_PATH = "onnxruntime.native.path";
    /** What a scratch process may see of our environment: no keys, no tokens. */
    private static final Set<String> VARIABLES = Set.of("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL");

    private static final String BOUNDED =
            "ulimit -c 0; ulimit -v \"$1\"; echo 1000 > /proc/self/oom_score_adj; shift; exec \"$@\"";

    /** What writes its result to a file, in a folder that is its own. */
    ProcessBuilder builder(Path file, Path result) {
        List<String> command = new ArrayList<>(isLinux() ? bounded() : List.of());
        command.addAll(java(String.valueOf(result.getParent())));
        command.addAll(List.of(file.toString(), result.toString(), Long.toString(longest.toMillis())));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
        builder.directory(result.getParent().toFile());
        builder.environment().keySet().retainAll(VARIABLES);
        builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
        builder.environment().put("MALLOC_ARENA_MAX", "2");
        return builder;
    }

    private static boolean isLinux() {
        return "Linux".equals(System.getProperty("os.name"));
    }

    private List<String> bounded() {
        return List.of("/bin/sh", "-c", BOUNDED, "scratch", Long.toString((JAVA_BYTES + memoryBytes) >> 10));
    }

    private List<String> java(String folder) {
        List<String> java = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=32m",
                "-XX:CompressedClassSpaceSize=32m",
                "-XX:-UsePerfData",
                "-XX:ErrorFile=" + Path.of(folder, "crash"),
                "-Djava.io.tmpdir=" + folder));
        Optional.ofNullable(System.getProperty(NATIVE_PATH))
                .ifPresent(path ->
                        java.add("-D" + NATIVE_PATH + "=" + Path.of(path).toAbsolutePath()));
        java.addAll(List.of("-cp", classPath(), program.getName()));
        return java;
    }

    /** Absolute, since the process works in a folder of its own. */
    private static String classPath() {
        String separator = System.getProperty("path.separator");
        return List.of(System.getProperty("java.class.path").split(separator)).stream()
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .reduce((a, b) -> a + separator + b)
                .orElse("");
    }
}
