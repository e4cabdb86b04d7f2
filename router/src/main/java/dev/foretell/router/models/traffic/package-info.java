/**
 * The distribution of calls over a model's versions; start at {@link
 * dev.foretell.router.models.traffic.VersionTraffic}.
 */
@NullMarked
package dev.foretell.router.models.traffic;

import org.jspecify.annotations.NullMarked;
