/** Training tasks: their orders, trainers and outcomes; start at {@link dev.foretell.router.tasks.Tasks}. */
@NullMarked
package dev.foretell.router.tasks;

import org.jspecify.annotations.NullMarked;
