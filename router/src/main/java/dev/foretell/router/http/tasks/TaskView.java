package dev.foretell.router.http.tasks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.tasks.ServeOrder;
import dev.foretell.router.tasks.Task;
import dev.foretell.router.tasks.TaskData;
import dev.foretell.router.tasks.TaskOrder;
import dev.foretell.router.tasks.TaskState;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The response of {@code GET /v1/tasks/ID}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TaskView(
        String id,
        TaskState state,
        @JsonUnwrapped Order order,
        @JsonUnwrapped Run run,
        @JsonUnwrapped Outcome outcome,
        @JsonUnwrapped Times times) {
    /** The caller's order. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Order(
            String kind,
            String name,
            JsonNode parameters,
            TaskData data,
            Limits limits,
            @Nullable Serve serve) {}

    record Limits(
            @JsonProperty("time_ms") long timeMs,
            @JsonProperty("memory_mb") int memoryMb) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Serve(
            String model,
            String as,
            @Nullable Integer weight,
            @JsonProperty("if-better-on") @Nullable String ifBetterOn,
            @Nullable String ensemble) {}

    /**
     * Its present or last trainer.
     *
     * @param waits why it waits; null where all that it waits for is its turn
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Run(
            int attempts,
            @Nullable String trainer,
            @Nullable String waits,
            @Nullable JsonNode progress) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Outcome(@Nullable JsonNode result, @Nullable String error) {}

    /** In milliseconds since 1970. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Times(
            @JsonProperty("created_ms") long created,
            @JsonProperty("started_ms") @Nullable Long started,
            @JsonProperty("heard_ms") @Nullable Long heard,
            @JsonProperty("finished_ms") @Nullable Long finished) {}

    static TaskView of(Task task) {
        return of(task, "");
    }

    /** @param waits why it waits; empty where there is nothing to say */
    static TaskView of(Task task, String waits) {
        return new TaskView(
                task.id(),
                task.state(),
                order(task.order()),
                new Run(
                        task.run().attempts(),
                        unlessEmpty(task.run().trainer()),
                        unlessEmpty(waits),
                        task.run().progress()),
                new Outcome(task.outcome().result(), unlessEmpty(task.outcome().error())),
                new Times(
                        task.times().created(),
                        unlessZero(task.times().started()),
                        unlessZero(task.times().heard()),
                        unlessZero(task.times().finished())));
    }

    private static Order order(TaskOrder order) {
        return new Order(
                order.kind(),
                order.name(),
                order.parameters(),
                order.data(),
                new Limits(order.limits().timeMs(), order.limits().memoryMb()),
                serve(order.serve()));
    }

    private static @Nullable Serve serve(@Nullable ServeOrder order) {
        return order == null
                ? null
                : new Serve(
                        order.model(),
                        order.as().name().toLowerCase(Locale.ROOT),
                        order.as() == ServeOrder.As.CANARY ? order.weight() : null,
                        unlessEmpty(order.ifBetterOn()),
                        unlessEmpty(order.ensemble()));
    }

    private static @Nullable String unlessEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    private static @Nullable Long unlessZero(long number) {
        return number == 0 ? null : number;
    }
}
