package org.librarypeers.app.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Tests of reading files that are larger than memory. */
class ImportedObjectsTest {

    private static final int COUNT = 5_000;
    private static final int LENGTH = 1_000;

    /** The upper limit of objects that a reader may have read ahead of the object that it returns. */
    private static final int BUFFERED = 40;

    private int written;
    private int found;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "none",
            value = {"none | none | none", "[ | , | ]", "{\"meta\": {}, \"objects\": [ | , | ]}"})
    void each_object_is_passed_on_before_the_rest_of_the_file_is_read(String start, String between, String end)
            throws Exception {
        InputStream file = new InputStream() {
            private InputStream part = part(start == null ? "" : start);
            private boolean ended;

            @Override
            public int read() {
                throw new UnsupportedOperationException("read by the byte");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int read = part.read(bytes, offset, length);
                if (read >= 0 || ended) {
                    return read;
                }
                assertThat(written - found).isLessThan(BUFFERED);
                if (written < COUNT) {
                    part = part((written == 0 || between == null ? "" : between) + "{\"guid\": \"" + written
                            + "\", \"text\": \"" + "x".repeat(LENGTH) + "\"}\n");
                    written++;
                } else {
                    part = part(end == null ? "" : end);
                    ended = true;
                }
                return part.read(bytes, offset, length);
            }
        };

        ImportedObjects.read(
                file,
                new ImportedObjects.Sink() {
                    @Override
                    public void found(String where, JsonNode value, long characters) {
                        assertThat(value.path("guid").asInt()).isEqualTo(found);
                        assertThat(where).startsWith("line " + (found + 1));
                        assertThat(characters).isBetween((long) LENGTH, LENGTH + 100L);
                        found++;
                    }

                    @Override
                    public void unreadable(String where, String why) {
                        throw new AssertionError(where + ": " + why);
                    }
                },
                () -> true);

        assertThat(found).isEqualTo(COUNT);
    }

    private static InputStream part(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
