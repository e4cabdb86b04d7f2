/**
 * Model files (ONNX) that are trained here from fixed seeds and data, with the same bytes each time; start at {@link
 * dev.foretell.examples.models.ExampleModels}.
 */
@NullMarked
package dev.foretell.examples.models;

import org.jspecify.annotations.NullMarked;
