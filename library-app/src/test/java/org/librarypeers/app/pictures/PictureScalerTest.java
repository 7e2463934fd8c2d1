package org.librarypeers.app.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.librarypeers.sync.pictures.PictureCopy.Format;
import org.librarypeers.sync.pictures.PictureProblem;

/** Tests of how pictures are checked and scaled. */
@Timeout(120)
class PictureScalerTest {

    private static final int RED = 0xFF0000;
    private static final int BLUE = 0x0000FF;

    @TempDir
    private Path folder;

    private PictureScaler.Pair scaled(byte[] bytes) throws IOException {
        Path file = folder.resolve("picture");
        Files.write(file, bytes);
        return new PictureScaler().scale(file);
    }

    private PictureProblem problem(byte[] bytes) {
        try {
            scaled(bytes);
            throw new AssertionError("the picture was scaled");
        } catch (PictureException e) {
            return e.problem();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static BufferedImage decoded(PictureScaler.Scaled scaled) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(scaled.bytes()));
    }

    /** Returns the colour at a place, each channel as 0 or 255. */
    private static int colour(BufferedImage image, double x, double y) {
        int pixel = image.getRGB((int) (x * (image.getWidth() - 1)), (int) (y * (image.getHeight() - 1)));
        int colour = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            colour |= ((pixel >> shift) & 0xFF) > 127 ? 0xFF << shift : 0;
        }
        return colour;
    }

    @ParameterizedTest
    @CsvSource({"jpeg", "png", "gif"})
    void a_picture_is_scaled_to_two_sizes(String format) throws Exception {
        PictureScaler.Pair pair = scaled(SamplePictures.bytes(format, 2600, 1300));

        assertThat(List.of(
                        pair.large().width(),
                        pair.large().height(),
                        pair.small().width(),
                        pair.small().height()))
                .containsExactly(1280, 640, 320, 160);
        assertThat(pair.small().format()).isEqualTo(Format.JPEG);
        BufferedImage small = decoded(pair.small());
        assertThat(List.of(small.getWidth(), small.getHeight())).containsExactly(320, 160);
        assertThat(colour(small, 0.25, 0.5)).isEqualTo(RED);
        assertThat(colour(small, 0.75, 0.5)).isEqualTo(BLUE);
    }

    @Test
    void a_small_picture_keeps_its_size_and_a_narrow_one_its_shape() throws Exception {
        PictureScaler.Pair small = scaled(SamplePictures.bytes("png", 100, 50));
        assertThat(small.small()).isSameAs(small.large());
        assertThat(small.large().width()).isEqualTo(100);

        PictureScaler.Pair narrow = scaled(SamplePictures.bytes("png", 20_000, 2));
        assertThat(List.of(narrow.large().width(), narrow.large().height())).containsExactly(1280, 1);
    }

    @Test
    void a_transparent_picture_stays_transparent() throws Exception {
        BufferedImage image = new BufferedImage(800, 400, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(700, 200, 0xFF00FF00);

        PictureScaler.Pair pair = scaled(SamplePictures.bytes("png", image));

        assertThat(pair.large().format()).isEqualTo(Format.PNG);
        assertThat(decoded(pair.small()).getRGB(10, 10) >>> 24).isZero();
    }

    /** The red half is on the left of the stored picture. */
    @ParameterizedTest
    @CsvSource({
        "1, 0.1, 0.5",
        "2, 0.9, 0.5",
        "3, 0.9, 0.5",
        "4, 0.1, 0.5",
        "5, 0.5, 0.1",
        "6, 0.5, 0.1",
        "7, 0.5, 0.9",
        "8, 0.5, 0.9"
    })
    void a_photo_is_turned_upright_and_its_metadata_is_removed(int orientation, double x, double y) throws Exception {
        byte[] photo = SamplePictures.withExif(SamplePictures.bytes("jpeg", 600, 300), orientation);

        PictureScaler.Pair pair = scaled(photo);

        assertThat(pair.large().width()).isEqualTo(orientation < 5 ? 600 : 300);
        assertThat(colour(decoded(pair.large()), x, y)).isEqualTo(RED);
        assertThat(colour(decoded(pair.small()), 1 - x, 1 - y)).isEqualTo(BLUE);
        assertThat(new String(photo, StandardCharsets.ISO_8859_1)).contains("SECRET PLACE");
        assertThat(new String(pair.large().bytes(), StandardCharsets.ISO_8859_1))
                .doesNotContain("SECRET PLACE", "Exif");
    }

    @Test
    void the_format_is_that_of_the_content() {
        assertThat(problem(
                        "<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(PictureProblem.FORMAT);
        assertThat(problem(new byte[0])).isEqualTo(PictureProblem.FORMAT);
        assertThat(problem("RIFF\0\0\0\0WEBPVP8 ".getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(PictureProblem.FORMAT);
    }

    @ParameterizedTest
    @CsvSource({"jpeg", "png", "gif"})
    void a_damaged_picture_is_unreadable(String format) {
        byte[] bytes = SamplePictures.bytes(format, 300, 300);
        assertThat(problem(Arrays.copyOf(bytes, 20))).isEqualTo(PictureProblem.UNREADABLE);
    }

    @Test
    void a_picture_with_too_many_pixels_is_not_decoded() {
        // The sizes are in the header, at byte 16.
        byte[] png = SamplePictures.bytes("png", 8, 8);
        ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 60_000);
        assertThat(problem(png)).isEqualTo(PictureProblem.TOO_MANY_PIXELS);

        ByteBuffer.wrap(png).putInt(16, 70_000).putInt(20, 1);
        assertThat(problem(png)).isEqualTo(PictureProblem.TOO_MANY_PIXELS);
    }

    @Test
    void a_large_progressive_photo_is_refused_because_its_decoder_needs_memory_for_all_of_it() throws Exception {
        Path file = folder.resolve("progressive");
        BufferedImage image = new BufferedImage(5_000, 4_000, BufferedImage.TYPE_BYTE_BINARY);
        SamplePictures.write("jpeg", image, file, SamplePictures::progressive);

        assertThatExceptionOfType(PictureException.class)
                .isThrownBy(() -> new PictureScaler().scale(file))
                .matches(e -> e.problem() == PictureProblem.TOO_MANY_PIXELS)
                .withMessageContaining("progressive");

        SamplePictures.write(
                "jpeg", SamplePictures.image(900, 600, BufferedImage.TYPE_INT_RGB), file, SamplePictures::progressive);
        assertThat(new PictureScaler().scale(file).large().width()).isEqualTo(900);
    }

    /** Runs another program with 256 MB, which would not have room for 100 million pixels. The PNG is interlaced. */
    @ParameterizedTest
    @CsvSource({"jpeg, 12", "png, 10"})
    @Timeout(300)
    void a_photo_of_100_megapixels_is_scaled_in_256_megabytes(String format, int type) throws Exception {
        Path file = folder.resolve("huge");
        // The types are indexed colours, which a JPEG stores as RGB, and shades of grey.
        BufferedImage image = new BufferedImage(12_500, 8_000, type);
        SamplePictures.write(format, image, file, format.equals("png") ? SamplePictures::progressive : same -> same);

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ScalingProgram.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(new File(folder.toFile(), "output"))
                .start();

        assertThat(process.waitFor(250, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(folder.resolve("output"))).contains("1280 x 819");
    }

    /** A program that scales a picture, and prints the size of the large copy. */
    static final class ScalingProgram {
        private ScalingProgram() {}

        public static void main(String[] arguments) throws IOException {
            PictureScaler.Scaled large =
                    new PictureScaler().scale(Path.of(arguments[0])).large();
            System.out.println(large.width() + " x " + large.height());
        }
    }
}
