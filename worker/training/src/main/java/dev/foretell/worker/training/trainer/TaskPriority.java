package dev.foretell.worker.training.trainer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What share of the processors the processes of tasks get beside others: sched(7) of Linux. */
public enum TaskPriority {
    /** What others leave, so that calls on the same machine stay nearly as fast: {@code SCHED_IDLE}. None where others leave nothing. */
    IDLE("/usr/bin/chrt", "--idle", "0"),
    /** A tenth of the share of others. */
    LOW("/usr/bin/nice", "-n", "10");

    private final List<String> command;

    TaskPriority(String... command) {
        this.command = List.of(command);
    }

    /** The words before a command that has this priority; on a machine without them the priority is that of the trainer. */
    List<String> command() {
        return Files.isExecutable(Path.of(command.get(0))) ? command : List.of();
    }
}
