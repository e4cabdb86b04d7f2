/** Trainers that help with the trials of a search that another trainer runs. Starting point: {@link SearchHelp}. */
@NullMarked
package dev.foretell.router.tasks.help;

import org.jspecify.annotations.NullMarked;
