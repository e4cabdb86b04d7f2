/** A router in the background: start at {@link dev.foretell.cli.daemon.RunFile}. */
@NullMarked
package dev.foretell.cli.daemon;

import org.jspecify.annotations.NullMarked;
