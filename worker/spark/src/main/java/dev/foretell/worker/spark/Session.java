package dev.foretell.worker.spark;

import dev.foretell.commons.training.SparkRules;
import dev.foretell.worker.training.trainer.SparkCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** Starts a session of Spark, bounded by the memory of this process and the disk of the task's folder. */
final class Session {
    /** Of a partition. Small ones fit into a small heap; by the file alone, so that sums are the same on any number of cores. */
    private static final String PARTITION_BYTES = String.valueOf(16L << 20);

    private static final String LOOPBACK = "127.0.0.1";

    private Session() {}

    static SparkSession start(String master, Path folder, IntConsumer passes) {
        SparkSession.Builder builder = SparkSession.builder()
                .appName("foretell " + folder.getFileName())
                .master(master)
                .config("spark.ui.enabled", "false")
                .config("spark.local.dir", folder.toString())
                .config(
                        "spark.sql.warehouse.dir",
                        folder.resolve("warehouse").toUri().toString())
                .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
                .config("spark.hadoop.mapreduce.input.fileinputformat.split.maxsize", PARTITION_BYTES)
                .config("spark.eventLog.enabled", "false");
        SparkSession session = (SparkRules.isLocal(master) ? onThisMachine(builder) : onCluster(builder)).getOrCreate();
        session.sparkContext().addSparkListener(new PassCounter(passes));
        return session;
    }

    private static SparkSession.Builder onThisMachine(SparkSession.Builder builder) {
        return builder.config("spark.driver.host", LOOPBACK).config("spark.driver.bindAddress", LOOPBACK);
    }

    /** Its machines have Spark, and get our classes from this one. */
    private static SparkSession.Builder onCluster(SparkSession.Builder builder) {
        return builder.config("spark.jars", ownJars())
                .config("spark.executor.extraJavaOptions", String.join(" ", SparkCommand.withoutNative()));
    }

    private static String ownJars() {
        Path own;
        try {
            own = Path.of(Session.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        try (Stream<Path> beside = Files.list(own.getParent())) {
            return beside.map(Path::toString)
                    .filter(jar -> jar.matches(".*/foretell-[^/]*[.]jar"))
                    .sorted()
                    .collect(Collectors.joining(","));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
