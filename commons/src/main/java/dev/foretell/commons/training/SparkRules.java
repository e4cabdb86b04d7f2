package dev.foretell.commons.training;

import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the engine {@code spark} does, and what it does not. */
public final class SparkRules {
    /** The cores of the trainer's machine. */
    public static final String LOCAL = "local[*]";
    /** The heap that Spark begins to work with, in MiB. */
    public static final int LEAST_MEMORY_MB = 512;

    private static final Set<AlgorithmSpec> ALGORITHMS = EnumSet.of(
            AlgorithmSpec.DECISION_TREE,
            AlgorithmSpec.RANDOM_FOREST,
            AlgorithmSpec.GRADIENT_BOOSTING,
            AlgorithmSpec.LOGISTIC_REGRESSION,
            AlgorithmSpec.LINEAR_REGRESSION,
            AlgorithmSpec.HUBER_REGRESSION);
    private static final Set<Scale> SCALES = EnumSet.of(Scale.NONE, Scale.STANDARD, Scale.RANGE);
    private static final Pattern LOCAL_THREADS = Pattern.compile("local(\\[([*]|[1-9][0-9]{0,2})])?");
    private static final Pattern CLUSTER = Pattern.compile("(spark|k8s)://[A-Za-z0-9.:/,\\[\\]_-]+|yarn");

    private SparkRules() {}

    static void requireAlgorithm(AlgorithmSpec algorithm) {
        if (!ALGORITHMS.contains(algorithm)) {
            throw invalid("the engine spark has no '" + algorithm.word() + "', only "
                    + ALGORITHMS.stream().map(AlgorithmSpec::word).collect(Collectors.joining(", "))
                    + ": choose one of these, or leave engine out");
        }
    }

    static void requireScale(Scale scale) {
        if (!SCALES.contains(scale)) {
            throw invalid("the engine spark has no scaling '" + scale.word() + "', only "
                    + SCALES.stream().map(Scale::word).collect(Collectors.joining(", ")));
        }
    }

    static void requireAllFeatures(double share) {
        if (share != 1) {
            throw invalid("the engine spark keeps all features: leave parameters.features out");
        }
    }

    static void requireMaster(String master) {
        if (!isLocal(master) && !CLUSTER.matcher(master).matches()) {
            throw invalid("parameters.master must be local, local[4], local[*], or the address of a cluster,"
                    + " such as spark://host:7077");
        }
    }

    /** Whether a master is the trainer's own machine. */
    public static boolean isLocal(String master) {
        return LOCAL_THREADS.matcher(master).matches();
    }

    /**
     * @param allowed addresses of clusters that orders may name
     * @throws ServingException FORBIDDEN for a cluster that orders may not name
     */
    public static void requireAllowed(String master, List<String> allowed) {
        if (!isLocal(master) && !allowed.contains(master)) {
            throw new ServingException(
                    FailureKind.FORBIDDEN,
                    "this router sends no task to the cluster '" + master
                            + "': the setting training.spark-masters names those that it may");
        }
    }

    private static ServingException invalid(String sentence) {
        return new ServingException(FailureKind.INVALID_INPUT, sentence);
    }
}
