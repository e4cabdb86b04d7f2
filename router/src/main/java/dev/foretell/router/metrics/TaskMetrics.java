package dev.foretell.router.metrics;

import dev.foretell.router.tasks.TaskState;
import dev.foretell.router.tasks.TaskSummary;
import dev.foretell.router.tasks.help.SearchHelp;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** How it stands with training tasks, at all routers that share the state, as this one counted them last. Thread-safe. */
public final class TaskMetrics {
    private final Supplier<TaskSummary> summary;
    private final SearchHelp help;
    private final Clock clock;

    public TaskMetrics(Supplier<TaskSummary> summary, SearchHelp help, Clock clock) {
        this.help = help;
        this.summary = summary;
        this.clock = clock;
    }

    /** The sources of a family. */
    List<Consumer<Page>> sources(Family family) {
        TaskSummary now = summary.get();
        return switch (family) {
            case JOBS ->
                Stream.of(TaskState.values())
                        .<Consumer<Page>>map(state -> page -> page.value(now.count(state), label(state)))
                        .toList();
            case JOBS_ENDED ->
                Stream.of(TaskState.values())
                        .filter(TaskState::isFinal)
                        .<Consumer<Page>>map(
                                state -> page -> page.value(now.ended().getOrDefault(state, 0L), label(state)))
                        .toList();
            case JOBS_OLDEST -> List.of(page -> page.value(oldestSeconds(now)));
            case TRIALS_HELPED ->
                List.of(page -> page.value(help.counted(), "counted"), page -> page.value(help.refused(), "late"));
            default -> List.of();
        };
    }

    private static String label(TaskState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private double oldestSeconds(TaskSummary now) {
        return now.oldestQueuedMs() == 0
                ? 0
                : Math.max(0, clock.millis() - now.oldestQueuedMs()) / (double) TimeUnit.SECONDS.toMillis(1);
    }
}
