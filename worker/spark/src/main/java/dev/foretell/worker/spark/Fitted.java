package dev.foretell.worker.spark;

import dev.foretell.worker.training.model.Model;
import org.apache.spark.ml.Transformer;

/** A trained model of Spark, and ours that answers the same. */
record Fitted(Model model, Transformer own) {}
