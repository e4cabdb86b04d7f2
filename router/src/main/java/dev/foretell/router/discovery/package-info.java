/** Registered workers as records of Vert.x Service Discovery: start at {@link dev.foretell.router.discovery.Announcer}. */
@NullMarked
package dev.foretell.router.discovery;

import org.jspecify.annotations.NullMarked;
