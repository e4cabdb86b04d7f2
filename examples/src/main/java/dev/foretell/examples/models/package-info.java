/**
 * Model files (ONNX) that are learned here, from seeds and data of our own, to the same bytes each time; start at {@link * dev.foretell.examples.models.ExampleModels}.
 */
@NullMarked
package dev.foretell.examples.models;

import org.jspecify.annotations.NullMarked;
