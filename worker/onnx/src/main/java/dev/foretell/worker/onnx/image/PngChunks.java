package dev.foretell.worker.onnx.image;

import static dev.foretell.worker.onnx.image.Misfit.misfit;

import java.nio.ByteBuffer;

/**
 * Keeps the chunks of a PNG with its pixels. It drops the others (texts, profiles, times), because a few of their bytes
 * may expand to gigabytes, and ImageIO would decompress them.
 */
final class PngChunks {
    private static final int SIGNATURE = 8;
    /** Length, name and checksum. */
    private static final int FRAME = 12;

    private static final int IHDR = 0x49484452;
    private static final int PLTE = 0x504C5445;
    private static final int TRNS = 0x74524E53;
    private static final int IDAT = 0x49444154;
    private static final int IEND = 0x49454E44;

    private PngChunks() {}

    static byte[] essential(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file);
        ByteBuffer out = ByteBuffer.allocate(file.length);
        out.put(slice(in, SIGNATURE));
        int name = 0;
        while (name != IEND) {
            int length = in.remaining() < FRAME ? -1 : in.getInt(in.position());
            if (length < 0 || length > in.remaining() - FRAME) {
                throw misfit("the image is truncated");
            }
            name = in.getInt(in.position() + Integer.BYTES);
            ByteBuffer chunk = slice(in, length + FRAME);
            if (isEssential(name)) {
                out.put(chunk);
            }
        }
        byte[] essential = new byte[out.position()];
        out.flip().get(essential);
        return essential;
    }

    private static ByteBuffer slice(ByteBuffer in, int length) {
        ByteBuffer slice = in.slice(in.position(), length);
        in.position(in.position() + length);
        return slice;
    }

    private static boolean isEssential(int name) {
        return name == IHDR || name == PLTE || name == TRNS || name == IDAT || name == IEND;
    }
}
