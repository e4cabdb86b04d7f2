/** Tests of whole pipelines. */
@NullMarked
package dev.foretell.worker.training;

import org.jspecify.annotations.NullMarked;
