package org.librarypeers.bench;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A library with invented content. The same seed always gives the same resources, regardless of the size, and each
 * resource can be generated on its own. Words are as frequent as in real text: the word of rank {@code k} is about
 * {@code 1/k} as frequent as the first one (Zipf's law). Immutable and thread-safe.
 */
final class SyntheticLibrary {

    /** The seed that the published figures use. */
    static final long DEFAULT_SEED = 20_261_128;

    private static final JsonFactory JSON = new JsonFactory();
    private static final int WORDS = 30_000;
    private static final int DESCRIPTION_WORDS = 150;
    private static final List<String> CATEGORIES =
            List.of("Health topic", "Audience", "Resource type", "Geography", "Device");
    private static final int TAGS_PER_CATEGORY = 40;

    /** The most frequent words. The made-up words follow. */
    private static final List<String> COMMON = List.of(
            ("the of and to in a for is with on that by health as are or be training from this at an care which can"
                            + " women children workers community patients treatment disease malaria prevention nurses")
                    .split(" "));

    private static final String[] SYLLABLES = ("ba be bi bo bu da de di do du fa fe fi fo ga ge gi go ka ke ki ko la le"
                    + " li lo lu ma me mi mo mu na ne ni no nu pa pe pi po ra re ri ro ru sa se si so su ta te ti to va"
                    + " ve vi vo za ze")
            .split(" ");

    private final long seed;
    private final int size;
    private final String[] words = new String[WORDS];
    private final double[] cumulated = new double[WORDS];

    SyntheticLibrary(long seed, int size) {
        this.seed = seed;
        this.size = size;
        Set<String> distinct = new LinkedHashSet<>(COMMON);
        SplittableRandom random = new SplittableRandom(seed);
        while (distinct.size() < WORDS) {
            StringBuilder word = new StringBuilder();
            for (int syllables = 2 + random.nextInt(3); syllables > 0; syllables--) {
                word.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
            }
            distinct.add(word.toString());
        }
        distinct.toArray(words);
        double sum = 0;
        for (int rank = 0; rank < WORDS; rank++) {
            sum += 1.0 / (rank + 1);
            cumulated[rank] = sum;
        }
    }

    /** Returns the number of resources. */
    int size() {
        return size;
    }

    /**
     * Returns the word of a rank.
     *
     * @param rank 0 for the most frequent word, to 29,999 for the rarest
     */
    String word(int rank) {
        return words[rank];
    }

    /**
     * Returns one resource.
     *
     * @param number 0 for the first
     * @param edition each edition has a different description, as if the resource had been edited
     */
    SyntheticResource resource(int number, int edition) {
        SplittableRandom random = new SplittableRandom(seed ^ (number * 0x9E37_79B9_7F4A_7C15L));
        UUID guid = uuid(random);
        String title = capitalized(text(random, 4 + random.nextInt(6)));
        List<SyntheticResource.Link> links = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            links.add(new SyntheticResource.Link(
                    uuid(random),
                    capitalized(text(random, 3)),
                    "https://files.example.org/" + number + "/" + i + "/" + random.nextInt(1_000_000)));
        }
        List<SyntheticResource.Tag> tags = new ArrayList<>();
        for (String category : CATEGORIES) {
            int tag = (int) (TAGS_PER_CATEGORY * Math.pow(random.nextDouble(), 2));
            tags.add(new SyntheticResource.Tag(category, capitalized(words[COMMON.size() + tag])));
        }
        SplittableRandom edited = new SplittableRandom(random.nextLong() + edition);
        String description = "<p>" + capitalized(text(edited, DESCRIPTION_WORDS / 2)) + ".</p><p>"
                + capitalized(text(edited, DESCRIPTION_WORDS / 2)) + ".</p>";
        return new SyntheticResource(number, guid, title, description, links, tags);
    }

    /**
     * Writes all resources as JSON, one object per line, in the format that {@code library import} reads. Holds only
     * one resource in memory at a time.
     *
     * @param edition as in {@link #resource}
     * @throws IOException if the stream throws it
     */
    void write(OutputStream out, int edition) throws IOException {
        for (int number = 0; number < size; number++) {
            write(out, number, edition);
        }
        out.flush();
    }

    /**
     * Writes one resource as a line of JSON, in the format that {@code library import} reads.
     *
     * @param number 0 for the first
     * @param edition as in {@link #resource}
     * @throws IOException if the stream throws it
     */
    void write(OutputStream out, int number, int edition) throws IOException {
        // One generator per line, which leaves the stream open.
        try (JsonGenerator line = JSON.createGenerator(ObjectWriteContext.empty(), new Uncloseable(out))) {
            write(resource(number, edition), line);
        }
        out.write('\n');
    }

    /** Writes a resource in the ORB v1 detail form. */
    static void write(SyntheticResource resource, JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("guid", resource.guid().toString());
        json.writeStringProperty("title_en", resource.title());
        json.writeStringProperty("description_en", resource.description());
        json.writeArrayPropertyStart("urls");
        for (SyntheticResource.Link link : resource.links()) {
            json.writeStartObject();
            json.writeStringProperty("guid", link.guid().toString());
            json.writeStringProperty("title_en", link.title());
            json.writeStringProperty("url", link.url());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("tags");
        for (SyntheticResource.Tag tag : resource.tags()) {
            json.writeStartObject();
            json.writeObjectPropertyStart("tag");
            json.writeStringProperty("category", tag.category());
            json.writeStringProperty("name", tag.name());
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private String text(SplittableRandom random, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            int found = Arrays.binarySearch(cumulated, random.nextDouble() * cumulated[WORDS - 1]);
            text.append(i == 0 ? "" : " ").append(words[found < 0 ? -found - 1 : found]);
        }
        return text.toString();
    }

    private static String capitalized(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static UUID uuid(SplittableRandom random) {
        return new UUID(
                (random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L,
                (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L);
    }

    /** A stream that stays open when it is closed. */
    private static final class Uncloseable extends FilterOutputStream {
        Uncloseable(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() {
            // The caller closes the stream.
        }
    }
}
