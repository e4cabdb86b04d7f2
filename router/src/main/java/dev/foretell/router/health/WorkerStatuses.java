package dev.foretell.router.health;

import dev.foretell.commons.identity.WorkerId;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Set;

/** Stores the statuses of workers across restarts. */
public interface WorkerStatuses {
    Future<Map<WorkerId, WorkerStatus>> load();

    Future<Void> save(Map<WorkerId, WorkerStatus> statuses);

    Future<Void> forget(Set<WorkerId> workers);
}
