package dev.foretell.worker.onnx.image;

import static dev.foretell.worker.onnx.image.Misfit.misfit;

/** Bounds the number of scans in a JPEG: each costs as much as decoding the whole image, but takes only a few bytes. */
final class JpegScans {
    /** Cameras and tools write about ten. */
    private static final int MAX = 50;

    private static final byte MARKER = (byte) 0xFF;
    private static final byte START_OF_SCAN = (byte) 0xDA;

    private JpegScans() {}

    /** Returns the file unchanged. */
    static byte[] requireBounded(byte[] file) {
        int scans = 0;
        for (int i = 1; i < file.length; i++) {
            if (file[i] == START_OF_SCAN && file[i - 1] == MARKER) {
                scans++;
            }
        }
        if (scans > MAX) {
            throw misfit("the image is made of " + scans + " scans, at most " + MAX + " are read");
        }
        return file;
    }
}
