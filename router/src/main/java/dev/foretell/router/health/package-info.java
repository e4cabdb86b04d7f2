/** Active probes of workers: start at {@link dev.foretell.router.health.HealthMonitor}. */
@NullMarked
package dev.foretell.router.health;

import org.jspecify.annotations.NullMarked;
