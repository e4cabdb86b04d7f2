/** Options that several commands share. */
@NullMarked
package dev.foretell.cli.options;

import org.jspecify.annotations.NullMarked;
