package dev.foretell.worker.onnx.image;

import static dev.foretell.worker.onnx.image.Misfit.misfit;

import dev.foretell.commons.failure.ServingException;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes a file to an image of the wanted size; decodes only the visible part, as coarsely as possible. */
final class ImageDecoder {
    static final int MAX_BYTES = 16 << 20;

    /** Most pixels that an image may have; told from its header, before it is decoded. */
    private static final long MAX_PIXELS = 25_000_000;
    /** The minimum number of file pixels per model pixel in each direction, if there are that many. */
    private static final int FINENESS = 3;

    private ImageDecoder() {}

    static Planes decode(byte[] file, Frame frame, Channels channels) {
        if (file.length > MAX_BYTES) {
            throw misfit("the image has " + file.length + " bytes, at most " + MAX_BYTES + " are read");
        }
        ImageFormat format = ImageFormat.of(file);
        ImageReader reader = reader(format);
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(format.essential(file)))) {
            reader.setInput(in, true, true);
            BufferedImage seen = read(reader, frame);
            return Resampling.of(seen, frame.width(), frame.height(), channels);
        } catch (ServingException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // ImageIO throws many kinds of exceptions for a broken file
            throw misfit("the image is broken, or of an unsupported kind", e);
        } finally {
            reader.dispose();
        }
    }

    private static ImageReader reader(ImageFormat format) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.reader());
        if (!readers.hasNext()) {
            throw misfit("this host does not support " + format);
        }
        return readers.next();
    }

    private static BufferedImage read(ImageReader reader, Frame frame) throws IOException {
        int width = reader.getWidth(0);
        int height = reader.getHeight(0);
        if ((long) width * height > MAX_PIXELS) {
            throw misfit("the image has " + width + "x" + height + " pixels, at most " + MAX_PIXELS + " are read");
        }
        Rectangle seen = frame.crop(width, height);
        ImageReadParam param = reader.getDefaultReadParam();
        param.setSourceRegion(seen);
        int across = step(seen.width, frame.width());
        int down = step(seen.height, frame.height());
        param.setSourceSubsampling(across, down, (across - 1) / 2, (down - 1) / 2);
        Interruption interruption = new Interruption();
        reader.addIIOReadWarningListener(interruption);
        BufferedImage image = reader.read(0, param);
        interruption.check();
        return image;
    }

    private static int step(int seen, int wanted) {
        return Math.max(1, seen / wanted / FINENESS);
    }
}
