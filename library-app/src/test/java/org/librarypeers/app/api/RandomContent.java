package org.librarypeers.app.api;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.Tag;

/** Random content of resources, with texts and addresses that are hard to store. */
final class RandomContent {

    private static final int LONGEST_ADDRESS = 500;

    private static final List<String> LANGUAGES =
            List.of("en", "es", "pt-br", "fr", "ar", "sw", "zh-hans", "url", "fil");

    private static final List<String> WORDS = List.of(
            "zzcommon water",
            "zzcommon ماء آمن",
            "zzcommon 🧼👩🏽‍⚕️",
            "zzcommon <p dir='rtl'>a &amp; b</p>",
            "zzcommon \"quoted\" \\ \u2028 {{x}}",
            "zzcommon null");

    /** Names for tags, some of which databases treat as equal. Numbers are added to make more of them. */
    private static final List<String> NAMES = List.of(
            "Nurse",
            "NURSE",
            "nurse aide",
            "Nutrición",
            "nutricion",
            "NUTRICIÓN",
            "ano",
            "año",
            "Straße",
            "strasse",
            "strase",
            "Işık",
            "isik",
            "οδός",
            "ΟΔΟΣ",
            "😷",
            "💉",
            "Bệnh viện",
            "benh vien",
            "Øre",
            "ore",
            "Łódź",
            "lodz",
            "null",
            "name",
            "الجمهور",
            "Æther",
            "aether",
            "水");

    private static final List<String> CATEGORIES =
            List.of("Audience", "AUDIENCE", "Público", "Topic", "الجمهور", "Geography");

    private static final List<String> GOOD = List.of(
            "https://example.org/a",
            "http://example.org/a?b=javascript:x#c:d",
            "HTTPS://EXAMPLE.ORG/A",
            "https://example.org/ماء 🧼.pdf",
            "https://example.org/" + "x".repeat(480),
            "//cdn.example.org/a",
            "no address at all",
            "example.org/a:b");

    private static final List<String> BAD = List.of(
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "java\u200Bscript:alert(1)",
            "vbscript:x",
            "data:text/html;base64,PHA+",
            "ftp://example.org/a",
            "mailto:a@example.org",
            "file:///etc/passwd",
            "https://example.org/" + "x".repeat(481),
            "https://example.org/" + "é".repeat(1_900));

    private RandomContent() {}

    /** Returns whether our library sends the address to other sites. */
    static boolean isSent(String address) {
        return GOOD.contains(address) && address.length() <= LONGEST_ADDRESS;
    }

    /** Generates content in several languages, with tags, links and files. */
    static Arbitrary<ResourceContent> content() {
        Arbitrary<LocalizedText> description =
                Arbitraries.frequencyOf(Tuple.of(4, texts()), Tuple.of(1, texts().map(text -> repeated(text, 400))));
        Arbitrary<ResourceContent> plain = Combinators.combine(
                        texts().filter(text -> !text.isEmpty()),
                        description,
                        texts(),
                        image().injectNull(0.3),
                        Arbitraries.integers().greaterOrEqual(0),
                        Arbitraries.of(StudyTime.Unit.class).injectNull(0.3))
                .as((title, html, attribution, image, number, unit) -> ResourceContent.titled(title)
                        .description(html)
                        .attribution(attribution)
                        .image(image)
                        .studyTime(new StudyTime(number, unit))
                        .build());
        return Combinators.combine(
                        plain,
                        tag().list().ofMaxSize(60),
                        link().list().ofMaxSize(15).uniqueElements(Attachment::guid),
                        link().list().ofMaxSize(15).uniqueElements(Attachment::guid))
                .as((content, tags, links, files) -> content.toBuilder()
                        .tags(tags)
                        .attachments(AttachmentKind.LINK, links)
                        .attachments(
                                AttachmentKind.FILE,
                                files.stream().map(RandomContent::file).toList())
                        .build());
    }

    private static Arbitrary<LocalizedText> texts() {
        return Arbitraries.maps(Arbitraries.of(LANGUAGES), Arbitraries.of(WORDS))
                .ofMaxSize(4)
                .map(LocalizedText::new);
    }

    private static LocalizedText repeated(LocalizedText text, int times) {
        return new LocalizedText(text.texts().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> (entry.getValue() + " ").repeat(times))));
    }

    private static Arbitrary<String> name() {
        Arbitrary<String> numbered = Combinators.combine(
                        Arbitraries.of("Tag ", "TAG ", "Tág "),
                        Arbitraries.integers().between(1, 30))
                .as((word, number) -> word + number);
        Arbitrary<String> longest = Arbitraries.of("é", "x", "名").map(letter -> letter.repeat(Tag.MAX_NAME));
        return Arbitraries.frequencyOf(Tuple.of(5, Arbitraries.of(NAMES)), Tuple.of(4, numbered), Tuple.of(1, longest));
    }

    private static Arbitrary<Tag> tag() {
        Arbitrary<LocalizedText> names =
                Arbitraries.maps(Arbitraries.of(LANGUAGES), name()).ofMaxSize(3).map(LocalizedText::new);
        return Combinators.combine(
                        Arbitraries.of(CATEGORIES), name(), names, names, texts(), names, image().injectNull(0.7))
                .as((category, name, categories, byLanguage, description, summary, image) ->
                        new Tag(Guid.random(), category, name, categories, byLanguage, description, summary, image));
    }

    private static Arbitrary<String> address() {
        return Arbitraries.oneOf(Arbitraries.of(GOOD), Arbitraries.of(BAD));
    }

    private static Arbitrary<String> image() {
        return Arbitraries.of(
                "https://no-such-host.invalid/x.png",
                "/media/resourceimage/x.png",
                "/media/" + "x".repeat(150),
                "javascript:alert(1)",
                "data:image/png;base64,AAAA",
                "x.png");
    }

    /** Generates links with few different GUIDs, so that several resources share one. */
    private static Arbitrary<Attachment> link() {
        Arbitrary<Guid> guid = Arbitraries.integers().between(1, 40).map(number -> Guid.ofTag("guid", "" + number));
        return Combinators.combine(
                        guid,
                        texts(),
                        texts(),
                        address(),
                        Arbitraries.integers(),
                        Arbitraries.longs().greaterOrEqual(0))
                .as((id, title, description, url, order, bytes) ->
                        new Attachment(AttachmentKind.LINK, id, title, description, url, order, bytes));
    }

    private static Attachment file(Attachment link) {
        Guid guid = Guid.ofAttachment(link.guid(), "file");
        return new Attachment(
                AttachmentKind.FILE,
                guid,
                link.title(),
                link.description(),
                link.url(),
                link.order(),
                link.sizeBytes());
    }
}
