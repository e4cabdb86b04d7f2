/** The {@code foretell} command: start at {@link dev.foretell.cli.Foretell}; each subcommand is a file. */
@NullMarked
package dev.foretell.cli;

import org.jspecify.annotations.NullMarked;
