package dev.foretell.worker.spark;

import dev.foretell.commons.training.SparkRules;
import dev.foretell.worker.training.job.SparkCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a session of Spark, bounded by the memory of this process and the disk of the task's folder. */
final class Session {
    /** Of a partition. Small ones fit into a small heap; by the file alone, so that sums are the same on any number of cores. */
    private static final String PARTITION_BYTES = String.valueOf(16L << 20);

    /** Of the jobs, stages and tasks that Spark remembers for a page that nobody sees. Its 100,000 tasks are a part of a small heap. */
    private static final String PAST = "100";

    private static final String LOOPBACK = "127.0.0.1";
    /** Longer than any task. */
    private static final String NEVER = "14d";

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

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
                .config("spark.eventLog.enabled", "false")
                .config("spark.ui.retainedJobs", PAST)
                .config("spark.ui.retainedStages", PAST)
                .config("spark.ui.retainedTasks", PAST)
                .config("spark.sql.ui.retainedExecutions", PAST);
        SparkSession session = SparkRules.isLocal(master)
                ? onThisMachine(builder).getOrCreate()
                : connected(onCluster(builder), new ClusterAddress(master));
        session.sparkContext().addSparkListener(new PassCounter(passes));
        return session;
    }

    /** Gives up after about a minute. What Spark throws then tells nothing of the cluster; its log does. */
    private static SparkSession connected(SparkSession.Builder builder, ClusterAddress address) {
        try {
            return builder.getOrCreate();
        } catch (Exception e) {
            LOG.warn("Spark does not start on {}", address.master(), e);
            throw address.refusal();
        }
    }

    /**
     * Driver and executor are this process, so neither is lost to the other. Where the machine stood still for two minutes (it was
     * suspended, or overloaded) Spark thinks so, cannot make up for it, and exits ten minutes later with code 56.
     */
    private static SparkSession.Builder onThisMachine(SparkSession.Builder builder) {
        return builder.config("spark.driver.host", LOOPBACK)
                .config("spark.driver.bindAddress", LOOPBACK)
                .config("spark.network.timeout", NEVER)
                .config("spark.executor.heartbeat.maxFailures", Integer.MAX_VALUE);
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
