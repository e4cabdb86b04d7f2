/** Counters, histograms and latencies of calls; start at {@link dev.foretell.router.upstream.measure.CallTally}. */
@NullMarked
package dev.foretell.router.upstream.measure;

import org.jspecify.annotations.NullMarked;
