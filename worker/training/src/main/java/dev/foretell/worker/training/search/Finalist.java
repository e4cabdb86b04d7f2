package dev.foretell.worker.training.search;

import dev.foretell.worker.training.pipeline.Pipeline;
import dev.foretell.worker.training.score.Validation;

/** One of the best candidates, trained on all rows. */
public record Finalist(int candidate, Pipeline pipeline, Validation validation, int folds, byte[] onnx) {}
