/** Which version of a model gets which calls; start at {@link dev.foretell.router.models.traffic.VersionTraffic}. */
@NullMarked
package dev.foretell.router.models.traffic;

import org.jspecify.annotations.NullMarked;
