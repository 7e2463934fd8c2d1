package org.librarypeers.app.pictures;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.librarypeers.app.files.ImageType;
import org.librarypeers.sync.pictures.PictureCopy.Format;
import org.librarypeers.sync.pictures.PictureProblem;

/**
 * A scaler of pictures. It decodes only every n-th pixel of a large picture, one picture at a time, so that a process with 256 MB
 * can scale a picture of 100 megapixels. The copies contain no metadata, such as the place where a photo was taken. Thread-safe.
 */
final class PictureScaler {

    /** The longest sides of the two copies, in pixels. */
    static final int SMALL = 320;

    static final int LARGE = 1280;

    /** The largest number of pixels, at most about a second of work. */
    static final long MAX_PIXELS = 120_000_000;

    /** The longest side in pixels, which is that of a JPEG. A decoder needs memory for a row. */
    static final int MAX_SIDE = 65_535;

    /**
     * The largest number of pixels of a JPEG in several scans. The decoder keeps six bytes for each pixel, outside of the heap.
     */
    static final long MAX_PIXELS_IN_SCANS = 16_000_000;

    /** The memory for the pixels that are decoded. */
    private static final long DECODED_BYTES = 24L * 1024 * 1024;

    private static final float QUALITY = 0.82f;

    private static final int MAX_BANDS = 4;

    // For all instances: the memory is that of the process.
    private static final Semaphore ONE_AT_A_TIME = new Semaphore(1, true);

    static {
        // Otherwise, Java copies each stream to the disk.
        ImageIO.setUseCache(false);
    }

    /** A scaled picture as a file in memory. Not compared with others. */
    @SuppressWarnings("ArrayRecordComponent")
    record Scaled(Format format, int width, int height, byte[] bytes) {}

    /** Both copies. They are the same instance if the picture is small. */
    record Pair(Scaled small, Scaled large) {}

    /**
     * Scales a picture. Smaller ones keep their size, but are encoded anew.
     *
     * @throws PictureException if it is no picture, or needs too much memory
     * @throws IOException if the file cannot be read
     */
    Pair scale(Path file) throws IOException {
        ImageType type;
        try (InputStream in = Files.newInputStream(file)) {
            type = ImageType.of(in)
                    .orElseThrow(() -> new PictureException(PictureProblem.FORMAT, "neither JPEG nor PNG nor GIF"));
        }
        if (type == ImageType.WEBP) {
            throw new PictureException(PictureProblem.FORMAT, "WebP, which Java cannot decode");
        }
        ONE_AT_A_TIME.acquireUninterruptibly();
        try {
            return scale(file, type);
        } catch (PictureException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // The readers of Java throw many exceptions on damaged files.
            throw new PictureException(PictureProblem.UNREADABLE, String.valueOf(e.getMessage()));
        } catch (OutOfMemoryError e) {
            // The rest of the program may need more memory than usual at the moment.
            throw new PictureException(PictureProblem.TOO_MANY_PIXELS, "not enough memory");
        } finally {
            ONE_AT_A_TIME.release();
        }
    }

    private static Pair scale(Path file, ImageType type) throws IOException {
        JpegStructure structure = new JpegStructure(false, 1);
        if (type == ImageType.JPEG) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
                structure = JpegStructure.read(in);
            }
        }
        BufferedImage decoded = decode(file, type, structure.scans());
        boolean opaque = !decoded.getColorModel().hasAlpha() || isOpaque(decoded);
        BufferedImage large = fitted(decoded, LARGE, opaque, structure.orientation());
        Scaled largest = encode(large, opaque);
        BufferedImage small = fitted(large, SMALL, opaque, 1);
        return new Pair(small.getWidth() == large.getWidth() ? largest : encode(small, opaque), largest);
    }

    private static BufferedImage decode(Path file, ImageType type, boolean scans) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName(type.name().toLowerCase(Locale.ROOT))
                .next();
        try (FileImageInputStream in = new FileImageInputStream(file.toFile())) {
            reader.setInput(in, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            long pixels = (long) width * height;
            long most = scans ? MAX_PIXELS_IN_SCANS : MAX_PIXELS;
            if (pixels > most || Math.max(width, height) > MAX_SIDE) {
                throw new PictureException(
                        PictureProblem.TOO_MANY_PIXELS,
                        width + " x " + height + (scans ? ", progressive" : "") + "; at most " + most + " pixels");
            }
            int step = (int) Math.ceil(Math.sqrt((double) pixels * bytesPerPixel(reader) / DECODED_BYTES));
            ImageReadParam param = reader.getDefaultReadParam();
            param.setSourceSubsampling(Math.max(1, step), Math.max(1, step), 0, 0);
            return reader.read(0, param);
        } finally {
            reader.dispose();
        }
    }

    private static int bytesPerPixel(ImageReader reader) throws IOException {
        Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
        if (!types.hasNext()) {
            return MAX_BANDS;
        }
        ImageTypeSpecifier first = types.next();
        int bits = 0;
        for (int band = 0; band < first.getNumBands(); band++) {
            bits += first.getBitsPerBand(band);
        }
        return Math.max(1, bits / Byte.SIZE);
    }

    private static boolean isOpaque(BufferedImage image) {
        int[] row = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int pixel : row) {
                if (pixel >>> 24 != 0xFF) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Returns the image, not larger than a square, and turned upright. */
    private static BufferedImage fitted(BufferedImage image, int side, boolean opaque, int orientation) {
        BufferedImage present = image;
        double factor = Math.min(1.0, (double) side / Math.max(image.getWidth(), image.getHeight()));
        int width = Math.max(1, (int) Math.round(image.getWidth() * factor));
        int height = Math.max(1, (int) Math.round(image.getHeight() * factor));
        // By halves, because the interpolation takes only the nearest pixels into account.
        while (present.getWidth() >= 2 * width && present.getHeight() >= 2 * height && present.getWidth() > 1) {
            present = drawn(present, present.getWidth() / 2, Math.max(1, present.getHeight() / 2), opaque, 1);
        }
        return drawn(present, width, height, opaque, orientation);
    }

    private static BufferedImage drawn(BufferedImage image, int width, int height, boolean opaque, int orientation) {
        boolean turned = orientation >= 5;
        BufferedImage target = new BufferedImage(
                turned ? height : width,
                turned ? width : height,
                opaque ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = target.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
            graphics.transform(upright(orientation, width, height));
            graphics.drawImage(image, 0, 0, width, height, null);
        } finally {
            graphics.dispose();
        }
        return target;
    }

    /** Returns the transformation that an orientation by Exif demands, for an image of this size before it is turned. */
    private static AffineTransform upright(int orientation, int width, int height) {
        return switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
            case 8 -> new AffineTransform(0, -1, 1, 0, 0, width);
            default -> new AffineTransform();
        };
    }

    private static Scaled encode(BufferedImage image, boolean opaque) throws IOException {
        Format format = opaque ? Format.JPEG : Format.PNG;
        ImageWriter writer =
                ImageIO.getImageWritersByFormatName(opaque ? "jpeg" : "png").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam param = writer.getDefaultWriteParam();
            if (opaque) {
                param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                param.setCompressionQuality(QUALITY);
            }
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return new Scaled(format, image.getWidth(), image.getHeight(), bytes.toByteArray());
    }
}
