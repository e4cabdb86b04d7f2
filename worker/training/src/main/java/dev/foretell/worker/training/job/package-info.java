/**
 * What runs in the process of a task: a training, a search, a helper of a search, or code of a user's own; start at {@link
 * dev.foretell.worker.training.job.TaskMain}.
 */
@NullMarked
package dev.foretell.worker.training.job;

import org.jspecify.annotations.NullMarked;
