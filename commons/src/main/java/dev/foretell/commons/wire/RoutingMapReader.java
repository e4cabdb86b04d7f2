package dev.foretell.commons.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.commons.failure.FailureKind;
import dev.foretell.commons.failure.ServingException;
import dev.foretell.commons.identity.ModelKey;
import dev.foretell.commons.identity.Names;
import dev.foretell.commons.identity.NearestNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a {@link RoutingMap} and collects every problem with its place. Used once. */
final class RoutingMapReader {
    private static final int MAX_PROBLEMS = 20;
    private static final Set<String> WORKER_FIELDS =
            Set.of("host", "port", "local_worker_id", "function", "weight", "lease_ms");

    private final List<String> problems = new ArrayList<>();
    private final Map<ModelKey, RoutingMap.Model> models = new TreeMap<>();

    RoutingMap read(JsonNode tree) {
        if (!tree.isObject() || tree.isEmpty()) {
            problem("the map", "must be an object of model types, like {\"AI\": {\"fib\": [worker, …]}}");
        } else {
            tree.properties().forEach(type -> readType(type.getKey(), type.getValue()));
        }
        throwIfAnyProblem();
        return new RoutingMap(models);
    }

    RoutingMap.Model readModel(JsonNode node) {
        RoutingMap.Model model = model("model", node);
        throwIfAnyProblem();
        return Objects.requireNonNull(model);
    }

    private void throwIfAnyProblem() {
        if (!problems.isEmpty()) {
            throw new ServingException(FailureKind.INVALID_INPUT, String.join("; ", problems));
        }
    }

    private void readType(String type, JsonNode node) {
        if (!Names.isValid(type)) {
            problem("the map's", "model type '" + NearestNames.abbreviate(type) + "' must be " + Names.RULE);
        } else if (!node.isObject() || node.isEmpty()) {
            problem(type, "must be an object of models, as in {\"AI\": {\"fib\": [worker, …]}}");
        } else {
            node.properties().forEach(model -> readModel(type, model.getKey(), model.getValue()));
        }
    }

    private void readModel(String type, String name, JsonNode node) {
        if (!Names.isValid(name)) {
            problem(type + "'s", "model '" + NearestNames.abbreviate(name) + "' must be " + Names.RULE);
            return;
        }
        RoutingMap.Model model = model(type + "." + name, node);
        if (model != null) {
            models.put(new ModelKey(type, name), model);
        }
    }

    private RoutingMap.@Nullable Model model(String place, JsonNode node) {
        JsonNode workers = node.isObject() ? node.path("workers") : node;
        if (!workers.isArray() || workers.isEmpty()) {
            problem(place, "must be a list of at least one worker, like [{\"host\": \"localhost\", \"port\": 9001}]");
            return null;
        }
        return new RoutingMap.Model(policy(place, node), workers(place, workers));
    }

    private @Nullable String policy(String place, JsonNode node) {
        if (!node.isObject()) {
            return null;
        }
        unknownFields(place, node, Set.of("policy", "workers"));
        return text(place, node, "policy");
    }

    private List<WorkerEntry> workers(String place, JsonNode array) {
        List<WorkerEntry> workers = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < array.size(); i++) {
            String at = place + "[" + i + "]";
            WorkerEntry worker = worker(at, array.get(i));
            if (worker != null && !seen.add(worker.id())) {
                problem(at, "repeats worker " + worker.id());
            } else if (worker != null) {
                workers.add(worker);
            }
        }
        return workers;
    }

    private @Nullable WorkerEntry worker(String at, JsonNode node) {
        if (!node.isObject()) {
            problem(at, "must be an object with host and port, like {\"host\": \"localhost\", \"port\": 9001}");
            return null;
        }
        int before = problems.size();
        unknownFields(at, node, WORKER_FIELDS);
        String host = text(at, node, "host");
        Long port = integer(at, node, "port");
        Long local = integer(at, node, "local_worker_id");
        if (local != null && local > Integer.MAX_VALUE) {
            problem(at + ".local_worker_id", local + " is over " + Integer.MAX_VALUE);
        }
        String function = text(at, node, "function");
        Long weight = integer(at, node, "weight");
        Long lease = integer(at, node, "lease_ms");
        if (!node.hasNonNull("host")) {
            problem(at + ".host", "is missing");
        }
        if (!node.hasNonNull("port")) {
            problem(at + ".port", "is missing");
        }
        if (problems.size() > before || host == null || port == null) {
            return null;
        }
        try {
            return new WorkerEntry(
                    host,
                    narrow(port),
                    local == null ? 0 : narrow(local),
                    function,
                    weight == null ? null : narrow(weight),
                    lease);
        } catch (IllegalArgumentException e) {
            problem(at, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** A value out of range stays out of range; {@link WorkerEntry} checks the bounds. */
    private static int narrow(long value) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
    }

    private @Nullable String text(String at, JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            problem(at + "." + field, "must be text");
            return null;
        }
        return value.textValue();
    }

    private @Nullable Long integer(String at, JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            problem(at + "." + field, "must be a whole number");
            return null;
        }
        return value.longValue();
    }

    private void unknownFields(String at, JsonNode node, Set<String> known) {
        node.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                problem(
                        at,
                        "has an unknown field '" + NearestNames.abbreviate(field) + "'; it takes "
                                + String.join(", ", known.stream().sorted().toList()));
            }
        });
    }

    private void problem(String place, String what) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(place + " " + what);
        }
    }
}
