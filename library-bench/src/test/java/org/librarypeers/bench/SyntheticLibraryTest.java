package org.librarypeers.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.librarypeers.domain.IncomingResource;
import org.librarypeers.http.wire.OrbJson;
import org.librarypeers.http.wire.ResourceDocument;

/** Tests of the synthetic library: the same seed gives the same content, and the app can read it. */
class SyntheticLibraryTest {

    @Test
    void the_same_seed_gives_the_same_resources_at_any_size() {
        SyntheticLibrary small = new SyntheticLibrary(5, 10);
        SyntheticLibrary large = new SyntheticLibrary(5, 1_000_000);

        assertThat(small.resource(9, 0)).isEqualTo(large.resource(9, 0));
        assertThat(small.resource(9, 0)).isNotEqualTo(small.resource(8, 0));
        assertThat(new SyntheticLibrary(6, 10).resource(9, 0)).isNotEqualTo(small.resource(9, 0));
    }

    @Test
    void another_edition_changes_the_description_only() {
        SyntheticLibrary library = new SyntheticLibrary(5, 10);
        SyntheticResource first = library.resource(3, 0);
        SyntheticResource second = library.resource(3, 1);

        assertThat(second.description()).isNotEqualTo(first.description());
        assertThat(second)
                .isEqualTo(new SyntheticResource(
                        3, first.guid(), first.title(), second.description(), first.links(), first.tags()));
    }

    @Test
    void each_written_line_is_a_resource_that_the_app_reads_without_a_remark() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SyntheticLibrary library = new SyntheticLibrary(5, 100);
        library.write(out, 0);

        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines).hasSize(100);
        for (int number = 0; number < 100; number++) {
            var read = ResourceDocument.read(OrbJson.read(lines.get(number).getBytes(StandardCharsets.UTF_8)), "en");
            IncomingResource resource = read.resource();
            assertThat(read.remarks()).isEmpty();
            assertThat(resource.guid().value())
                    .isEqualTo(library.resource(number, 0).guid());
            assertThat(resource.content().tags()).hasSize(5);
        }
    }

    @Test
    void words_are_as_frequent_as_their_rank_says() {
        SyntheticLibrary library = new SyntheticLibrary(5, 1_000);
        Map<String, Integer> counts = new HashMap<>();
        IntStream.range(0, 1_000)
                .mapToObj(number -> library.resource(number, 0).description())
                .flatMap(text ->
                        Arrays.stream(text.toLowerCase(java.util.Locale.ROOT).split("[^a-z]+")))
                .forEach(word -> counts.merge(word, 1, Integer::sum));

        assertThat(counts.get(library.word(0)) / (double) counts.get(library.word(9)))
                .isBetween(8.0, 12.0);
        assertThat(counts.getOrDefault(library.word(29_999), 0)).isLessThan(20);
    }
}
