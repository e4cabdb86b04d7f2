/** {@code foretell tasks}: start at {@link dev.foretell.cli.tasks.TasksCommand}. */
@NullMarked
package dev.foretell.cli.tasks;

import org.jspecify.annotations.NullMarked;
