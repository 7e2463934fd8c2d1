package org.librarypeers.app.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageTypeTest {

    @ParameterizedTest
    @CsvSource({
        "ffd8ffe000104a46494600010101, JPEG",
        "ffd8ffe1, JPEG",
        "89504e470d0a1a0a0000000d49484452, PNG",
        "474946383761, GIF",
        "4749463839610100, GIF",
        "524946460a0a0d0a574542505650, WEBP"
    })
    void the_type_of_an_image_is_detected_from_its_first_bytes(String hex, ImageType type) throws IOException {
        assertThat(ImageType.of(bytes(hex))).contains(type);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "ffd8", // cut off
                "89504e470d0a1a", // cut off
                "474946383861", // GIF88a
                "00474946383961", // begins later
                "524946460a0a0d0a57415645", // a WAV
                "524946460a0a0d0a574542", // cut off
                "3c737667", // <svg
                "3c21444f4354595045", // <!DOCTYPE
                "424d", // BMP
                "25504446" // PDF
            })
    void other_content_is_not_an_image(String hex) throws IOException {
        assertThat(ImageType.of(bytes(hex))).isEmpty();
    }

    @Test
    void only_the_first_bytes_are_read() throws IOException {
        InputStream stream = new ByteArrayInputStream("GIF89a, and so on".getBytes(StandardCharsets.US_ASCII));

        assertThat(ImageType.of(stream)).contains(ImageType.GIF);

        assertThat(stream.readAllBytes()).asString(StandardCharsets.US_ASCII).isEqualTo("so on");
    }

    private static InputStream bytes(String hex) {
        return new ByteArrayInputStream(HexFormat.of().parseHex(hex));
    }
}
