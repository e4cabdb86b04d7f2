package dev.foretell.worker.training.search;

import dev.foretell.worker.training.pipeline.Pipeline;
import dev.foretell.worker.training.search.space.Genome;

/** A pipeline on trial. Its number says when it was made, and which chance is its own. */
record Candidate(int number, int generation, Genome genome, Pipeline pipeline) {}
