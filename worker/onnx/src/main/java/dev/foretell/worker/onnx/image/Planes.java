package dev.foretell.worker.onnx.image;

/**
 * A picture as numbers from 0 to 255, channel by channel, each row by row.
 *
 * @param values as many as {@code channels · height · width}; not to be changed
 */
record Planes(int channels, int height, int width, float[][] values) {}
