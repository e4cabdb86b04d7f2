/**
 * The output of commands for people and scripts: {@link dev.foretell.cli.terminal.Exit}, {@link
 * dev.foretell.cli.terminal.Table}.
 */
@NullMarked
package dev.foretell.cli.terminal;

import org.jspecify.annotations.NullMarked;
