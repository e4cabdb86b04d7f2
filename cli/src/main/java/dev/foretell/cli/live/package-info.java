/** What happens at a router, in the terminal: {@link dev.foretell.cli.live.TopCommand} and {@link dev.foretell.cli.live.EventsCommand}. */
@NullMarked
package dev.foretell.cli.live;

import org.jspecify.annotations.NullMarked;
