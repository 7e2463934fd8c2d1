package org.librarypeers.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.librarypeers.domain.Guid;
import org.librarypeers.sync.peer.GuidRange;
import org.librarypeers.sync.peer.RangeSummarizer;
import org.librarypeers.sync.peer.RangeSummary;

/** Tests of the request for digests and its answer. */
class DigestDocumentTest {

    private static Guid guid(Random random) {
        // Some GUIDs lie close together.
        return new Guid(new UUID(random.nextBoolean() ? random.nextLong() : random.nextInt(3), random.nextLong()));
    }

    private static RangeSummary summary(GuidRange range, int count, Random random) {
        List<Guid> guids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Guid guid = guid(random);
            if (range.contains(guid)) {
                guids.add(guid);
            }
        }
        guids.sort(Guid::compareTo);
        RangeSummarizer summarizer = new RangeSummarizer(range, guids.size(), 2 + random.nextInt(20));
        guids.forEach(guid -> summarizer.add(guid, Integer.toString(random.nextInt(1_000)), "2026-11-30T14:02:11.5"));
        return summarizer.summary();
    }

    @Test
    void what_is_written_is_read() {
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            Guid middle = guid(random);
            List<GuidRange> ranges = List.of(
                    new GuidRange(GuidRange.ALL.first(), middle),
                    new GuidRange(GuidRange.after(middle), GuidRange.ALL.last()));
            List<RangeSummary> summaries = List.of(
                    summary(ranges.get(0), random.nextInt(200), random),
                    summary(ranges.get(1), random.nextInt(200), random));

            byte[] sent = DigestDocument.write(summaries).toString().getBytes(StandardCharsets.UTF_8);

            assertThat(DigestDocument.read(OrbJson.read(sent), ranges)).isEqualTo(summaries);
            String address = DigestDocument.address(ranges, 16);
            assertThat(DigestDocument.ranges(address.substring(address.indexOf("ranges=") + 7)))
                    .isEqualTo(ranges);
        }
    }

    @Test
    void everything_is_the_shortest_range() {
        assertThat(DigestDocument.address(List.of(GuidRange.ALL), 128))
                .isEqualTo("/api/v1/resource/digest/?parts=128&ranges=-");
        assertThat(DigestDocument.ranges("-")).containsExactly(GuidRange.ALL);
        Guid one = Guid.of("01234567-89ab-cdef-0123-456789abcdef");
        assertThat(DigestDocument.ranges("0123456789abcdef0123456789abcdef-0123456789abcdef0123456789abcdef"))
                .containsExactly(new GuidRange(one, one));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "a-b-c",
                "A-B",
                "b-a",
                "a-b,b-c",
                "c-d,a-b",
                "g-h",
                "a-b,",
                "0123456789abcdef0123456789abcdef0-f",
                "-0123456789abcdef0123456789abcdef,0123456789abcdef0123456789abcdef-"
            })
    void other_ranges_are_refused(String text) {
        assertThatExceptionOfType(InvalidDocumentException.class).isThrownBy(() -> DigestDocument.ranges(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"ranges\": []}",
                "{\"ranges\": [{}]}",
                "{\"ranges\": [{\"parts\": []}]}",
                "{\"ranges\": [{\"rows\": []}, {\"rows\": []}]}",
                "{\"ranges\": [{\"parts\": [[\"8\", 3, \"short\"]]}]}",
                "{\"ranges\": [{\"parts\": [[\"8\", 3, \"aaaaaaaaaaaaaaaaaaaaaa\"]]}]}",
                "{\"ranges\": [{\"parts\": [[\"8\", 3, \"aaaaaaaaaaaaaaaaaaaaaa\"], [\"7\", 3, \"aaaaaaaaaaaaaaaaaaaaaa\"],"
                        + " [\"\", 3, \"aaaaaaaaaaaaaaaaaaaaaa\"]]}]}",
                "{\"ranges\": [{\"parts\": [[\"\", 3, \"aaaaaaaaaaaaaaaaaaaaaa\"], [\"\", 3, \"aaaaaaaaaaaaaaaaaaaaaa\"]]}]}",
                "{\"ranges\": [{\"rows\": [[\"8\"]]}]}",
                "{\"ranges\": [{\"rows\": [[\"xyz\", \"1\", \"2026\"]]}]}",
                "{\"ranges\": [{\"rows\": [[\"8\", \"../1\", \"2026\"]]}]}",
                "{\"ranges\": [{\"rows\": [[\"8\", \"1\", \"\"]]}]}"
            })
    void other_answers_are_refused(String json) {
        assertThatExceptionOfType(InvalidDocumentException.class)
                .isThrownBy(() -> DigestDocument.read(
                        OrbJson.read(json.getBytes(StandardCharsets.UTF_8)), List.of(GuidRange.ALL)));
    }
}
