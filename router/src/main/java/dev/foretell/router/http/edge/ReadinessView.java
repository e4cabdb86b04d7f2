package dev.foretell.router.http.edge;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The response of {@code GET /readyz}.
 *
 * @param state {@code restoring} until the routing table is known
 * @param workers {@code probing} until each worker has been probed once
 */
public record ReadinessView(
        boolean ready,
        String state,
        String workers,
        @JsonUnwrapped StoreState store,
        boolean draining,
        @JsonUnwrapped State known) {
    /** @param storeReason omitted if there is nothing to add */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record StoreState(String store, String storeReason) {}

    /**
     * The router's state, and the problems with it.
     *
     * @param revision the revision of the routing table
     * @param modelsFolder the problem with the models folder
     * @param unreadable the number of unreadable entries in the store; null if there are none
     * @param unreadableEntries the first of them
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record State(
            long revision, String modelsFolder, @Nullable Integer unreadable, List<String> unreadableEntries) {
        private static final int MAX_NAMED = 20;

        static State of(long revision, String folderTrouble, List<String> unreadable) {
            return new State(
                    revision,
                    folderTrouble,
                    unreadable.isEmpty() ? null : unreadable.size(),
                    unreadable.subList(0, Math.min(MAX_NAMED, unreadable.size())));
        }
    }
}
