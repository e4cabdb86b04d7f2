package dev.foretell.router.http.tasks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.foretell.commons.json.Json;
import dev.foretell.router.tasks.help.HelperReport;
import dev.foretell.router.tasks.help.OfferedTrial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Reads what trainers say of the trials of searches, within bounds. */
final class TrialsReader {
    private static final int MAX_TRIALS = 128;
    private static final int MAX_WORK = 4096;
    private static final int MAX_SOFTWARE = 500;
    private static final int MAX_FAILURE = 2000;
    private static final int MAX_SCORES = 16;
    private static final int MAX_PLACES = 1000;

    private TrialsReader() {}

    static String software(BodyFields body) {
        return body.require("software", MAX_SOFTWARE);
    }

    /** The trials that a search offers. */
    static List<OfferedTrial> offered(BodyFields body) {
        List<OfferedTrial> trials = new ArrayList<>();
        Set<Integer> named = new HashSet<>();
        each(body, "trials", List.of("trial", "work"), trial -> {
            JsonNode work = trial.object().path("work");
            if (!work.isObject() || Json.write(work).length > MAX_WORK) {
                throw BodyFields.wrong("trials.work must be an object of at most " + MAX_WORK + " bytes");
            }
            if (!named.add(trial(trial))) {
                throw BodyFields.wrong("trials has trial " + trial(trial) + " twice");
            }
            trials.add(OfferedTrial.of(trial(trial), work));
        });
        return trials;
    }

    static HelperReport report(String trainer, BodyFields body) {
        Map<Integer, Long> working = new HashMap<>();
        each(
                body,
                "working",
                List.of("trial", "token"),
                trial -> working.put(trial(trial), trial.number("token", 0, Long.MAX_VALUE, 0)));
        List<HelperReport.Ended> ended = new ArrayList<>();
        each(
                body,
                "ended",
                List.of("trial", "token", "scores", "failure", "folds"),
                trial -> ended.add(new HelperReport.Ended(
                        trial(trial), trial.number("token", 0, Long.MAX_VALUE, 0), outcome(trial))));
        return new HelperReport(trainer, software(body), number(body, "places", MAX_PLACES), working, ended);
    }

    private static int trial(BodyFields fields) {
        return number(fields, "trial", Integer.MAX_VALUE);
    }

    private static int number(BodyFields fields, String name, int most) {
        return (int) fields.number(name, 0, most, 0);
    }

    private static ObjectNode outcome(BodyFields trial) {
        ObjectNode outcome = Json.MAPPER.createObjectNode();
        if (trial.has("failure")) {
            return outcome.put("failure", trial.text("failure", MAX_FAILURE))
                    .put("folds", trial.number("folds", 1, MAX_SCORES, 1));
        }
        JsonNode scores = trial.object().path("scores");
        if (!scores.isArray() || scores.isEmpty() || scores.size() > MAX_SCORES) {
            throw BodyFields.wrong(
                    "ended.scores must be an array of 1 to " + MAX_SCORES + " numbers, or there is a failure");
        }
        for (JsonNode score : scores) {
            if (!score.isNumber() || !Double.isFinite(score.doubleValue())) {
                throw BodyFields.wrong("ended.scores must be finite numbers");
            }
        }
        outcome.set("scores", scores);
        return outcome;
    }

    private static void each(BodyFields body, String name, List<String> known, Consumer<BodyFields> reader) {
        JsonNode all = body.object().path(name);
        if (!all.isMissingNode() && (!all.isArray() || all.size() > MAX_TRIALS)) {
            throw BodyFields.wrong(name + " must be an array of at most " + MAX_TRIALS + " trials");
        }
        for (JsonNode one : all) {
            reader.accept(new BodyFields(name, one).only(known.toArray(String[]::new)));
        }
    }
}
