package dev.foretell.router.http.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.training.CodeParameters;
import dev.foretell.commons.training.EngineName;
import dev.foretell.commons.training.SparkRules;
import dev.foretell.commons.training.TrainingParameters;
import dev.foretell.router.tasks.ServeOrder;
import dev.foretell.router.tasks.Task;
import dev.foretell.router.tasks.TaskLimits;
import dev.foretell.router.tasks.TaskOrder;
import dev.foretell.router.tasks.TaskOrigin;
import dev.foretell.router.tasks.TrainingConfig;
import io.vertx.core.Future;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Queues training tasks that are ordered in the form of {@code POST /v1/tasks}; dialects order theirs here. Thread-safe. */
public final class OrderQueue {
    private final TaskServices services;
    private final DataReader data;

    public OrderQueue(TaskServices services) {
        this.services = services;
        this.data = new DataReader(services.files());
    }

    /**
     * Checks an order, takes in its table, and queues it.
     *
     * @param key the Idempotency-Key; empty for none
     * @return fails with {@link FailureKind#INVALID_INPUT}, {@link FailureKind#QUEUE_FULL}, or {@link FailureKind#CONFLICT} if the
     *     key stands for another order
     */
    public Future<Task> queue(JsonNode order, String key) {
        return read(order).compose(read -> services.tasks().queue(read, new TaskOrigin(key, fingerprint(read))));
    }

    private Future<TaskOrder> read(JsonNode order) {
        TaskOrder checked = OrderReader.check(order, services.config().get());
        requireAllowed(checked);
        ServeOrder serve = checked.serve();
        if (serve != null) {
            services.forTrainers().release().requireFreeNames(serve);
        }
        return requireEngine(checked)
                .compose(there -> data.read(order))
                .map(table -> OrderReader.read(order, table, services.config().get()))
                .compose(read -> services.files().requireTable(read).map(read));
    }

    /** Whoever may call this may change the map as well. */
    private void requireAllowed(TaskOrder order) {
        if (order.kind().equals(TaskOrder.CODE)
                && CodeParameters.of(order.parameters()).isSource()
                && !services.training().get().allowSource()) {
            throw new ServingException(
                    FailureKind.FORBIDDEN,
                    "this router takes no source code: the setting training.allow-source is off; a class in a jar of the trainer"
                            + " (foretell trainer --jars) needs no setting");
        }
    }

    private Future<Void> requireEngine(TaskOrder order) {
        return order.engine() == EngineName.FORETELL
                ? Future.succeededFuture()
                : hasSpark().compose(isThere -> {
                    requireSpark(isThere, TrainingParameters.of(order.parameters()), order.limits());
                    return Future.succeededFuture();
                });
    }

    /** By its setting, or at a trainer of another machine. */
    private Future<Boolean> hasSpark() {
        return services.training().get().hasSpark()
                ? Future.succeededFuture(true)
                : services.forTrainers().trainers().engines().map(there -> there.contains(EngineName.SPARK));
    }

    private void requireSpark(boolean isThere, TrainingParameters order, TaskLimits limits) {
        TrainingConfig training = services.training().get();
        if (!isThere) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "there is no Spark here: mvn -Pspark -DskipTests package makes worker/spark/target/foretell-spark, and the"
                            + " router's setting training.spark-home names that folder, or a trainer's option --spark-home");
        }
        SparkRules.requireAllowed(order.master(), training.sparkMasters());
        if (limits.memoryMb() < SparkRules.LEAST_MEMORY_MB) {
            throw new ServingException(
                    FailureKind.INVALID_INPUT,
                    "Spark begins to work with " + SparkRules.LEAST_MEMORY_MB + " MiB: limits.memory_mb must not be "
                            + limits.memoryMb());
        }
    }

    private static String fingerprint(TaskOrder order) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Json.write(order)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
