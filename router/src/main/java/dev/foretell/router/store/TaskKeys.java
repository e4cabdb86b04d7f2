package dev.foretell.router.store;

import dev.foretell.commons.training.EngineName;
import dev.foretell.router.store.connection.Keys;
import dev.foretell.router.tasks.TaskState;
import java.util.ArrayList;
import java.util.List;

/** The keys of tasks in Redis. Immutable. */
final class TaskKeys {
    /**
     * In the order in which {@link TaskScripts} names them. The ids in each state follow, as {@link TaskState} orders them, then the
     * queue of each engine, then the trainers that have it.
     */
    private enum Key {
        DOCUMENTS("tasks"),
        ALL("tasks-all"),
        ENDED("tasks-ended"),
        REQUESTS("tasks-keys"),
        PLACES("tasks-places"),
        OUTCOMES("tasks-outcomes"),
        CHECKPOINTS("tasks-checkpoints"),
        OFFERS("tasks-offers"),
        HELPABLE("tasks-helpable");

        private final String name;

        Key(String name) {
            this.name = name;
        }
    }

    private final Keys names;
    private final List<String> all;

    TaskKeys(Keys names) {
        this.names = names;
        List<String> keys = new ArrayList<>();
        for (Key key : Key.values()) {
            keys.add(of(key));
        }
        for (TaskState state : TaskState.values()) {
            keys.add(inState(state));
        }
        for (EngineName engine : EngineName.values()) {
            keys.add(queue(engine));
        }
        for (EngineName engine : EngineName.values()) {
            keys.add(names.of("tasks-trainers-" + engine.word()));
        }
        all = List.copyOf(keys);
    }

    private String of(Key key) {
        return names.of(key.name);
    }

    /** KEYS of the scripts. */
    List<String> all() {
        return all;
    }

    /** KEYS of the scripts that also use the log of a task. */
    List<String> allWithLog(String id) {
        List<String> keys = new ArrayList<>(all);
        keys.add(log(id));
        return keys;
    }

    /** A hash: documents by id. */
    String documents() {
        return of(Key.DOCUMENTS);
    }

    /** A stream: the queue of the tasks that an engine trains. */
    String queue(EngineName engine) {
        return names.of(engine == EngineName.FORETELL ? "tasks-queue" : "tasks-queue-" + engine.word());
    }

    /** A sorted set: the ids of all tasks. */
    String ids() {
        return of(Key.ALL);
    }

    /** A sorted set: the ids of the tasks in one state. */
    String inState(TaskState state) {
        return names.of("tasks-" + state);
    }

    /** A sorted set: the ids of ended tasks, by the time of their end. */
    String ended() {
        return of(Key.ENDED);
    }

    /** A hash: checkpoints by id. */
    String checkpoints() {
        return of(Key.CHECKPOINTS);
    }

    /** A hash: the offers of running searches by id. */
    String offers() {
        return of(Key.OFFERS);
    }

    /** A sorted set: the ids of searches with open trials, by the number of places that help already. */
    String helpable() {
        return of(Key.HELPABLE);
    }

    /** A list: the last lines of a task's log. */
    String log(String id) {
        return names.of("tasks-log-" + id);
    }

    /** The channel of changes. */
    String channel() {
        return names.of("tasks-changes");
    }
}
