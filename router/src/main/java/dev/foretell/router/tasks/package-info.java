/**
 * Training tasks: what is to be trained, who trains it, and what came of it; start at {@link dev.foretell.router.tasks.Tasks}.
 */
@NullMarked
package dev.foretell.router.tasks;

import org.jspecify.annotations.NullMarked;
