package dev.foretell.worker.onnx.image;

import static dev.foretell.worker.onnx.image.Misfit.misfit;

import java.util.Arrays;

/** The supported file formats, detected by the first bytes and not by the caller's media type. */
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

    /** The format's name in ImageIO. */
    String reader() {
        return reader;
    }

    /** The part of the file that its pixels need. */
    byte[] essential(byte[] file) {
        return this == PNG ? PngChunks.essential(file) : JpegScans.requireBounded(file);
    }
}
