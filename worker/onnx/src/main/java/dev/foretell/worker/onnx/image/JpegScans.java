package dev.foretell.worker.onnx.image;

import static dev.foretell.worker.onnx.image.Misfit.misfit;

/** Bounds how often a JPEG goes over its picture: each scan costs as much as decoding it whole, in a few bytes. */
final class JpegScans {
    /** Those of cameras and tools have about ten. */
    private static final int MAX = 50;

    private static final byte MARKER = (byte) 0xFF;
    private static final byte START_OF_SCAN = (byte) 0xDA;

    private JpegScans() {}

    /** The file as it is. */
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
