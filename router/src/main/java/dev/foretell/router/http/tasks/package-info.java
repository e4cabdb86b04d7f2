/** {@code /v1/tasks} and {@code /v1/trainers}; start at {@link dev.foretell.router.http.tasks.TasksApi}. */
@NullMarked
package dev.foretell.router.http.tasks;

import org.jspecify.annotations.NullMarked;
