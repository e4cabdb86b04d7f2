/** Training on Apache Spark; start at {@link dev.foretell.worker.spark.SparkEngine}. */
@NullMarked
package dev.foretell.worker.spark;

import org.jspecify.annotations.NullMarked;
