package dev.foretell.worker.training.table;

import java.util.List;

/**
 * What a pass over a table leaves: its columns and its target, with their rows only if these are kept.
 *
 * @param texts the texts of the target in the order of their first rows; empty where it holds numbers
 * @param rows how many rows passed
 * @param sha256 of the bytes of the CSV
 */
public record ScannedTable(Features features, Target target, List<String> texts, int rows, String sha256) {
    public ScannedTable {
        texts = List.copyOf(texts);
    }

    /** The index of the class of each text; empty where the target holds numbers. */
    public int[] classes() {
        return target instanceof ClassTarget named
                ? texts.stream().mapToInt(named.classes()::indexOf).toArray()
                : new int[0];
    }

    /** The table, if its rows are kept. */
    Table table() {
        return new Table(features, target, sha256);
    }
}
