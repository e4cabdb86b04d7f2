package dev.foretell.cli.options;

import dev.foretell.cli.terminal.CommandFailure;
import dev.foretell.worker.training.trainer.TaskPriority;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What tasks get of the processors, as an option or an environment variable has it. */
public final class TrainingPriority implements ITypeConverter<TaskPriority> {
    static final String VARIABLE = "FORETELL_TRAINING_PRIORITY";

    @Override
    public TaskPriority convert(String text) {
        return Stream.of(TaskPriority.values())
                .filter(priority -> priority.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("must be idle or low, not '" + text + "'"));
    }

    /** A router finds a mistake at its start, not when the first task waits. */
    public static void check(Map<String, String> environment) {
        try {
            new TrainingPriority().convert(environment.getOrDefault(VARIABLE, TaskPriority.IDLE.name()));
        } catch (TypeConversionException e) {
            throw CommandFailure.usage(VARIABLE + ": " + e.getMessage());
        }
    }
}
