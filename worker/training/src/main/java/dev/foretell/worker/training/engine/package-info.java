/**
 * Engines that train on tables larger than memory, such as Spark: what they are asked for, and the passage over the table that every one
 * of them needs; start at {@link dev.foretell.worker.training.engine.Engine}.
 */
@NullMarked
package dev.foretell.worker.training.engine;

import org.jspecify.annotations.NullMarked;
