package dev.foretell.router.http.dashboard;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model, in the response of {@code GET /v1/dashboard/models}. */
record ModelItem(
        @JsonUnwrapped Name name,
        @JsonUnwrapped Versions versions,
        State state,
        @JsonUnwrapped Calls calls,
        Workers workers) {
    /** What calls ask for, and what answers them. */
    record Name(String type, String model, Kind kind) {}

    /** What a model is made of. */
    enum Kind {
        /** The functions of workers. */
        @JsonProperty("function")
        FUNCTION,
        /** A registered model file. */
        @JsonProperty("file")
        FILE,
        @JsonProperty("ensemble")
        ENSEMBLE
    }

    /** Whether it can be called. */
    enum State {
        /** All its workers take calls; for an ensemble: it exists. */
        @JsonProperty("ready")
        READY,
        /** Some of its workers take no calls. */
        @JsonProperty("degraded")
        DEGRADED,
        /** None of its workers takes calls. */
        @JsonProperty("down")
        DOWN,
        /** Its owner has unloaded it. */
        @JsonProperty("unloaded")
        UNLOADED
    }

    /** The versions of a registered model, by number, and its aliases; empty for others. */
    record Versions(List<Integer> versions, Map<String, Integer> aliases) {
        static final Versions NONE = new Versions(List.of(), Map.of());
    }

    /**
     * Its calls in the last second.
     *
     * @param p99Millis of the latest ten seconds with responses, within a minute; null without any
     */
    record Calls(
            double callsPerSecond,
            double errorsPerSecond,
            @Nullable Double p99Millis) {}

    /** Its workers, those of all versions together. */
    record Workers(int ready, int total) {}
}
