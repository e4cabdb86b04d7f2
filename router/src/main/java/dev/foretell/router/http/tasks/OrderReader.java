package dev.foretell.router.http.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.json.Json;
import dev.foretell.commons.training.CodeParameters;
import dev.foretell.commons.training.MetricName;
import dev.foretell.commons.training.SearchParameters;
import dev.foretell.commons.training.TrainingParameters;
import dev.foretell.router.ensemble.RecipeReader;
import dev.foretell.router.models.files.Uploads;
import dev.foretell.router.tasks.ServeOrder;
import dev.foretell.router.tasks.TaskData;
import dev.foretell.router.tasks.TaskLimits;
import dev.foretell.router.tasks.TaskOrder;
import dev.foretell.router.tasks.TasksConfig;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the order of a training task. */
final class OrderReader {
    private static final int MAX_TEXT = 200;
    /** Percent of the calls that a canary gets. */
    private static final int CANARY_WEIGHT = 10;

    private static final int MAX_PARAMETERS = 64 * 1024;
    private static final Duration DELIVERY = Duration.ofSeconds(30);

    private OrderReader() {}

    /** @param data its table, which has arrived already */
    static TaskOrder read(JsonNode json, TaskData data, TasksConfig config) {
        BodyFields body = fields(json);
        return new TaskOrder(
                kind(body), body.text("name", MAX_TEXT), parameters(body), data, limits(body, config), serve(body));
    }

    /** Checks everything but the table, before the table is received. */
    static TaskOrder check(JsonNode json, TasksConfig config) {
        return read(json, new TaskData("", 0, ""), config);
    }

    private static BodyFields fields(JsonNode json) {
        return new BodyFields("the body", json).only("kind", "name", "parameters", "data", "limits", "serve");
    }

    private static String kind(BodyFields body) {
        String kind = body.text("kind", MAX_TEXT);
        return switch (kind) {
            case "", TaskOrder.TRAIN -> TaskOrder.TRAIN;
            case TaskOrder.AUTOML, TaskOrder.CODE -> kind;
            default ->
                throw BodyFields.wrong(
                        "kind must be " + TaskOrder.TRAIN + ", " + TaskOrder.AUTOML + " or " + TaskOrder.CODE);
        };
    }

    private static JsonNode parameters(BodyFields body) {
        JsonNode parameters = body.object().path("parameters");
        if (Json.write(parameters).length > MAX_PARAMETERS) {
            throw BodyFields.wrong("parameters must take at most " + MAX_PARAMETERS + " bytes");
        }
        switch (kind(body)) {
            case TaskOrder.CODE -> CodeParameters.of(parameters);
            case TaskOrder.AUTOML -> SearchParameters.of(parameters);
            default -> TrainingParameters.of(parameters);
        }
        return parameters;
    }

    /** How long a search may take by its own limit; empty for one without a limit, and for other tasks. */
    private static Optional<Duration> timeLimit(BodyFields body) {
        return kind(body).equals(TaskOrder.AUTOML)
                ? SearchParameters.of(body.object().path("parameters")).timeLimit()
                : Optional.empty();
    }

    private static TaskLimits limits(BodyFields body, TasksConfig config) {
        BodyFields limits = body.in("limits", "time_ms", "memory_mb");
        long timeMs = limits.number("time_ms", 1000, config.limits().maxTime().toMillis(), usualTime(body, config));
        timeLimit(body).filter(limit -> limit.toMillis() > timeMs).ifPresent(limit -> {
            throw BodyFields.wrong("parameters.timeLimit must be at most the time of the task's process, "
                    + timeMs / 1000 + " s: shorten it, or raise limits.time_ms");
        });
        return new TaskLimits(timeMs, (int) limits.number(
                "memory_mb", 32, config.limits().maxMemoryMb(), config.limits().memoryMb()));
    }

    /** The process of a search has some seconds more than the search. */
    private static long usualTime(BodyFields body, TasksConfig config) {
        long most = config.limits().maxTime().toMillis();
        return timeLimit(body)
                .map(limit -> Math.min(most, limit.plus(DELIVERY).toMillis()))
                .orElse(config.limits().time().toMillis());
    }

    private static @Nullable ServeOrder serve(BodyFields body) {
        if (!body.has("serve")) {
            return null;
        }
        BodyFields serve = body.in("serve", "model", "as", "weight", "if-better-on", "ensemble");
        String model = serve.require("model", MAX_TEXT);
        Uploads.requireName(model);
        ServeOrder.As as = as(serve.text("as", MAX_TEXT));
        if (serve.has("if-better-on") && kind(body).equals(TaskOrder.CODE)) {
            throw BodyFields.wrong("serve.if-better-on is not for training code: no rows are held out from it");
        }
        return new ServeOrder(
                model,
                as,
                weight(serve, as),
                metric(serve.text("if-better-on", MAX_TEXT)),
                ensemble(body, serve.text("ensemble", MAX_TEXT), model));
    }

    /** The name of an ensemble of what a search keeps. */
    private static String ensemble(BodyFields body, String name, String model) {
        if (name.isEmpty()) {
            return name;
        }
        if (!kind(body).equals(TaskOrder.AUTOML)
                || SearchParameters.of(body.object().path("parameters")).keep() < 2) {
            throw BodyFields.wrong("serve.ensemble is for a search that keeps several models: order one of the kind "
                    + TaskOrder.AUTOML + " with parameters.keep from 2 to 10");
        }
        if (name.equals(model)) {
            throw BodyFields.wrong(
                    "serve.ensemble must be another name than serve.model: the ensemble calls the model");
        }
        return RecipeReader.requireName(name);
    }

    private static ServeOrder.As as(String asked) {
        for (ServeOrder.As as : ServeOrder.As.values()) {
            if (asked.equals(as.name().toLowerCase(Locale.ROOT))) {
                return as;
            }
        }
        if (asked.isEmpty()) {
            return ServeOrder.As.STAGED;
        }
        throw BodyFields.wrong("serve.as must be staged, canary or promote");
    }

    private static int weight(BodyFields serve, ServeOrder.As as) {
        if (as != ServeOrder.As.CANARY && serve.has("weight")) {
            throw BodyFields.wrong("serve.weight is for a canary alone: serve.as must be canary");
        }
        return as == ServeOrder.As.CANARY ? (int) serve.number("weight", 1, 99, CANARY_WEIGHT) : 0;
    }

    private static String metric(String asked) {
        return asked.isEmpty() ? "" : MetricName.ofName(asked).word();
    }
}
