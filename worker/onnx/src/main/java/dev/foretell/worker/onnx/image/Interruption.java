package dev.foretell.worker.onnx.image;

import static dev.foretell.worker.onnx.image.Misfit.misfit;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/** Detects a file that ends before its image does; ImageIO would fill the rest with grey and only warn. */
final class Interruption implements IIOReadWarningListener {
    private boolean cutShort;

    @Override
    public void warningOccurred(ImageReader source, String warning) {
        cutShort |= warning.contains("Truncated") || warning.contains("remature");
    }

    void check() {
        if (cutShort) {
            throw misfit("the image is truncated");
        }
    }
}
