package dev.foretell.cli.tasks;

import java.util.concurrent.Callable;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** A command on one task, named by its id. */
abstract class OneTask implements Callable<Integer> {
    @ParentCommand
    private TasksCommand tasks = new TasksCommand();

    @Parameters(paramLabel = "ID", description = "The task's id.")
    private String id = "";

    final TasksCommand tasks() {
        return tasks;
    }

    final String id() {
        return id;
    }

    /** {@code /v1/tasks/0fmh2k3v1c8ta9}. */
    final String path() {
        return TasksCommand.path(id);
    }
}
