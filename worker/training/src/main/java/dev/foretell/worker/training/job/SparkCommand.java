package dev.foretell.worker.training.job;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.training.EngineName;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts the process of a task that Spark runs: with the jars of its distribution alone, and what it wants of Java. */
public final class SparkCommand {
    /** How the folder is had. */
    public static final String HOW = "mvn -Pspark -DskipTests package makes worker/spark/target/foretell-spark";

    public static final String MISSING = "this trainer has no Spark: start it with --spark-home DIR; " + HOW;
    private static final String OURS = "foretell-worker-spark-*.jar";
    /** What Spark's own launcher opens. */
    private static final List<String> OPENED = List.of(
            "java.base/java.lang",
            "java.base/java.lang.invoke",
            "java.base/java.lang.reflect",
            "java.base/java.io",
            "java.base/java.net",
            "java.base/java.nio",
            "java.base/java.util",
            "java.base/java.util.concurrent",
            "java.base/java.util.concurrent.atomic",
            "java.base/jdk.internal.ref",
            "java.base/sun.nio.ch",
            "java.base/sun.nio.cs",
            "java.base/sun.security.action",
            "java.base/sun.util.calendar");
    /** A native library of the machine ends the process without a word where it does not know the processor. */
    private static final List<String> NATIVE = List.of("blas", "lapack", "arpack");

    private SparkCommand() {}

    /** Whether a task, as a router has it, is for Spark. */
    public static boolean isWanted(JsonNode task) {
        return task.path("kind").asText("train").equals("train")
                && task.path("parameters").path("engine").asText().equals(EngineName.SPARK.word());
    }

    /** The start of the command, without the main class. */
    public static List<String> of(String java, Path home) {
        List<String> command = new ArrayList<>(List.of(java));
        command.addAll(flags());
        command.addAll(List.of("-cp", jars(home).resolve("*").toString()));
        return command;
    }

    /** What a JVM with Spark in it is started with. */
    private static List<String> flags() {
        List<String> flags = new ArrayList<>();
        OPENED.forEach(opened -> flags.add("--add-opens=" + opened + "=ALL-UNNAMED"));
        flags.addAll(withoutNative());
        flags.addAll(
                List.of("-Djdk.reflect.useDirectMethodHandle=false", "-Dio.netty.tryReflectionSetAccessible=true"));
        return flags;
    }

    /** Keeps a JVM from the machine's native libraries. */
    public static List<String> withoutNative() {
        return NATIVE.stream()
                .map(library -> "-Ddev.ludovic.netlib." + library + ".nativeLib=none.so")
                .toList();
    }

    private static Path jars(Path home) {
        return home.toAbsolutePath().resolve("jars");
    }

    /** Whether a folder is a distribution of Spark that this trainer can use. */
    public static boolean isHome(Path home) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(jars(home), OURS)) {
            return found.iterator().hasNext();
        } catch (IOException none) {
            return false;
        }
    }
}
