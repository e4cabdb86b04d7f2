package dev.foretell.worker.onnx.image;

import static dev.foretell.worker.onnx.image.Misfit.misfit;

import java.util.Arrays;

/** The kinds of file that are read, known by how they begin; what a caller calls them does not matter. */
enum ImageFormat {
    PNG("png", 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'),
    JPEG("jpeg", 0xFF, 0xD8, 0xFF);

    private final String reader;
    private final byte[] beginning;

    ImageFormat(String reader, int... beginning) {
        this.reader = reader;
        this.beginning = new byte[beginning.length];
        for (int i = 0; i < beginning.length; i++) {
            this.beginning[i] = (byte) beginning[i];
        }
    }

    static ImageFormat of(byte[] file) {
        return Arrays.stream(values())
                .filter(format -> format.begins(file))
                .findFirst()
                .orElseThrow(() -> misfit(
                        file.length == 0 ? "the image is empty" : "this is not an image: a JPEG or PNG is expected"));
    }

    private boolean begins(byte[] file) {
        return Arrays.mismatch(file, beginning) == beginning.length || Arrays.equals(file, beginning);
    }

    /** What ImageIO calls it. */
    String reader() {
        return reader;
    }

    /** What of the file is needed for its pixels. */
    byte[] essential(byte[] file) {
        return this == PNG ? PngChunks.essential(file) : JpegScans.requireBounded(file);
    }
}
