package dev.foretell.router.backup;

import java.util.List;
import java.util.Map;

/**
 * The content of a backup: the entry {@code manifest.json}, written last.
 *
 * @param format the format of the backup; a router reads formats up to its own
 * @param created in ISO 8601, UTC
 * @param files the other entries by name
 * @param missing digests of model files that versions refer to but that are missing or damaged
 */
record Manifest(int format, String created, Summary summary, Map<String, Content> files, List<String> missing) {
    static final int FORMAT = 1;
    static final String ENTRY = "manifest.json";
    static final String STATE = "state.jsonl";
    static final String MODELS = "models/";

    /** The length and SHA-256 of an entry. */
    record Content(long bytes, String sha256) {}

    Manifest {
        files = files == null ? Map.of() : Map.copyOf(files);
        missing = missing == null ? List.of() : List.copyOf(missing);
    }
}
