package dev.foretell.worker.onnx.image;

/**
 * An image as numbers from 0 to 255, channel by channel and row by row.
 *
 * @param values {@code channels · height · width} values; must not be changed
 */
record Planes(int channels, int height, int width, float[][] values) {}
