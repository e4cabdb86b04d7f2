/**
 * Trainers: they claim tasks from routers and run each in a process of its own; start at {@link
 * dev.foretell.worker.training.trainer.Trainer}.
 */
@NullMarked
package dev.foretell.worker.training.trainer;

import org.jspecify.annotations.NullMarked;
