/** {@code foretell bench}: a bounded load on one model; start at {@link dev.foretell.cli.bench.BenchCommand}. */
@NullMarked
package dev.foretell.cli.bench;

import org.jspecify.annotations.NullMarked;
