/**
 * What an order of a training task may ask for, the same for the router that takes it and the trainer that runs it: start at {@link
 * dev.foretell.commons.training.TrainingParameters}.
 */
@NullMarked
package dev.foretell.commons.training;

import org.jspecify.annotations.NullMarked;
