package dev.foretell.router.http.fractal;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Detects the type of an image by its first bytes, independently of the caller's headers. */
final class ImageType {
    private ImageType() {}

    /** The media type; null if it is not a supported image. */
    static @Nullable String of(Buffer bytes) {
        if (begins(bytes, 0xff, 0xd8, 0xff)) {
            return "image/jpeg";
        }
        return begins(bytes, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n') ? "image/png" : null;
    }

    private static boolean begins(Buffer bytes, int... with) {
        if (bytes.length() < with.length) {
            return false;
        }
        for (int i = 0; i < with.length; i++) {
            if ((bytes.getByte(i) & 0xff) != with[i]) {
                return false;
            }
        }
        return true;
    }
}
