/** What changed and who changed it, in words: start at {@link dev.foretell.router.events.EventLog}. */
@NullMarked
package dev.foretell.router.events;

import org.jspecify.annotations.NullMarked;
