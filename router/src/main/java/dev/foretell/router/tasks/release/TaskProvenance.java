package dev.foretell.router.tasks.release;

import com.fasterxml.jackson.databind.JsonNode;
import dev.foretell.router.models.ModelVersion;
import dev.foretell.router.models.files.StoredText;
import dev.foretell.router.models.files.Uploads;
import dev.foretell.router.tasks.Task;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Where a trained version comes from, as its model tells it: enough to train it again. Pure. */
final class TaskProvenance {
    private static final String DATA = "data";
    private static final String DIGEST = "sha256:";
    private static final String REPLACES = "replaces";
    private static final int MAX_TEXT = 1000;
    /** A longer text of parameters is left out: half of one would be of no use. */
    private static final int MAX_PARAMETERS = 8 * 1024;

    private TaskProvenance() {}

    /** @param serving number of the version that has the calls; 0 for none */
    static Map<String, String> of(Task task, JsonNode result, int serving) {
        Map<String, String> provenance = new TreeMap<>();
        provenance.put(Uploads.TASK, task.id());
        provenance.put("kind", task.order().kind());
        provenance.put("trainer", task.run().trainer());
        provenance.put(DATA, DIGEST + task.order().data().digest());
        provenance.put("table", StoredText.cut(task.order().data().name(), MAX_TEXT));
        String parameters = task.order().parameters().toString();
        if (parameters.length() <= MAX_PARAMETERS) {
            provenance.put("parameters", parameters);
        }
        if (serving > 0) {
            provenance.put(REPLACES, String.valueOf(serving));
        }
        putObject(provenance, "metrics", result.path("metrics"));
        putObject(provenance, "comparison", result.path("comparison"));
        putObject(provenance, "software", result.path("provenance").path("software"));
        return provenance;
    }

    /**
     * Of a model behind the best of a search.
     *
     * @param best provenance of the best
     * @param rank 2 for the second
     */
    static Map<String, String> behind(Map<String, String> best, JsonNode result, int rank) {
        Map<String, String> provenance = new TreeMap<>(best);
        provenance.keySet().removeAll(List.of("metrics", "comparison"));
        provenance.put(Uploads.RANK, String.valueOf(rank));
        JsonNode row = result.path("leaderboard").path(rank - 1);
        putObject(provenance, "pipeline", row);
        return provenance;
    }

    private static void putObject(Map<String, String> provenance, String name, JsonNode value) {
        if (value.isObject()) {
            provenance.put(name, StoredText.cut(value.toString(), MAX_TEXT));
        }
    }

    /** The version that had the calls before; 0 for none. */
    static int replacedVersion(ModelVersion.Origin origin) {
        return Integer.parseInt(origin.provenance().getOrDefault(REPLACES, "0"));
    }

    /** Digest of the table that it was trained on; empty for a version that no task made. */
    static Optional<String> table(ModelVersion.Origin origin) {
        return Optional.ofNullable(origin.provenance().get(DATA))
                .filter(data -> origin.provenance().containsKey(Uploads.TASK) && data.startsWith(DIGEST))
                .map(data -> data.substring(DIGEST.length()));
    }
}
