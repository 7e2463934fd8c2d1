package org.librarypeers.domain;

import java.time.LocalDateTime;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.domains.DomainContextBase;

/** Generators of valid but difficult peer data: all scripts, markup, emoji, unusual languages, long texts. */
final class Hostile {

    private static final List<String> WORDS = List.of(
            "ماء آمن للشرب",
            "שָׁלוֹם",
            "\u202Eright to left",
            "<script>alert(1)</script>",
            "<p>a &amp; b</p>",
            "'; DROP TABLE resource; --",
            "${jndi:ldap://x}",
            "\uD83D\uDC69\u200D\uD83D\uDE80 emoji",
            "\uD834\uDD1E",
            "e\u0301 é",
            "İıſß",
            "%s %n {0}",
            "../../etc/passwd",
            "1:a2:bc",
            "null");

    private static final List<String> LANGUAGES =
            List.of("en", "EN", "ar", "pt_BR", "pt-br", "zh-hans-cn", "ckb", "es-419");

    private Hostile() {}

    /** Generates a text of any kind, possibly blank. */
    static Arbitrary<String> text() {
        Arbitrary<String> random = Arbitraries.strings().ofMaxLength(40).filter(Hostile::isStorable);
        Arbitrary<String> lengthy = Arbitraries.of(WORDS).map(word -> word.repeat(3_000 / word.length()));
        return Arbitraries.frequencyOf(tuple(5, Arbitraries.of(WORDS)), tuple(4, random), tuple(1, lengthy));
    }

    /** Generates a single-line text that is not blank. */
    static Arbitrary<String> line() {
        return Arbitraries.oneOf(
                        Arbitraries.of(WORDS),
                        Arbitraries.strings().ofMinLength(1).ofMaxLength(30))
                .filter(text -> isStorable(text)
                        && Spelling.isVisible(text)
                        && text.chars().noneMatch(Character::isISOControl));
    }

    static Arbitrary<LocalizedText> localized() {
        return Arbitraries.maps(Arbitraries.of(LANGUAGES), text()).ofMaxSize(4).map(LocalizedText::new);
    }

    static Arbitrary<Guid> guid() {
        return Arbitraries.integers().between(1, 40).map(n -> Guid.ofTag("guid", Integer.toString(n)));
    }

    static Arbitrary<Tag> tag() {
        Arbitrary<LocalizedText> names = localized().map(text -> cut(text, Tag.MAX_NAME));
        return Combinators.combine(guid(), line(), line(), names, names, localized(), names, line().injectNull(0.5))
                .as(Tag::new);
    }

    /** Generates attachments. Those of different kinds have different GUIDs, so that contents can be combined. */
    static Arbitrary<Attachment> attachment() {
        return Combinators.combine(
                        Arbitraries.of(AttachmentKind.class),
                        guid(),
                        localized(),
                        localized(),
                        line(),
                        Arbitraries.integers(),
                        size())
                .as(Attachment::new)
                .map(attachment -> attachment.withGuid(
                        Guid.ofAttachment(attachment.guid(), attachment.kind().word())));
    }

    private static Arbitrary<Long> size() {
        return Arbitraries.longs().greaterOrEqual(0);
    }

    static Arbitrary<ResourceContent> content() {
        Arbitrary<LocalizedText> title =
                localized().map(text -> cut(text, ResourceContent.MAX_TITLE)).filter(text -> !text.isEmpty());
        Arbitrary<StudyTime> studyTime = Combinators.combine(
                        Arbitraries.integers().greaterOrEqual(0),
                        Arbitraries.of(StudyTime.Unit.class).injectNull(0.3))
                .as(StudyTime::new);
        Arbitrary<LocalDateTime> bornOn = Arbitraries.longs()
                .between(-60_000_000_000L, 250_000_000_000L)
                .map(second -> LocalDateTime.of(2000, 1, 1, 0, 0).plusSeconds(second))
                .injectNull(0.3);
        Arbitrary<ResourceContent> plain = Combinators.combine(
                        title, localized(), localized(), studyTime, bornOn, line().injectNull(0.3))
                .as((t, d, a, s, b, i) -> ResourceContent.titled(t)
                        .description(d)
                        .attribution(a)
                        .studyTime(s)
                        .bornOn(b == null ? null : BornOn.at(b))
                        .image(i)
                        .build());
        Arbitrary<List<Tag>> tags = tag().list().ofMaxSize(4);
        Arbitrary<List<Attachment>> attachments =
                attachment().list().ofMaxSize(6).uniqueElements(Attachment::guid);
        return Combinators.combine(plain, tags, attachments)
                .as((content, t, a) ->
                        content.toBuilder().tags(t).attachments(a).build());
    }

    /** Generates a peer from a small fixed set. */
    static Arbitrary<Peer> peer() {
        return Arbitraries.of(Samples.ORB, Samples.MALAWI, Samples.readAgain(Samples.ORB));
    }

    /** Generates the sample resource as sent by its maker or by a relay. */
    static Arbitrary<IncomingResource> incoming() {
        Arbitrary<String> hosts = Arbitraries.of(
                "https://orb.example.org", "http://MALAWI.example.org/", "https://elsewhere.example.org", "?");
        return Combinators.combine(content(), line().injectNull(0.5), hosts.injectNull(0.5), hosts.injectNull(0.5))
                .as((content, name, host, url) -> new IncomingResource(Samples.GUID, content, name, host, url));
    }

    static Arbitrary<Delivery> delivery() {
        return Combinators.combine(peer(), Arbitraries.integers().between(1, 99))
                .as((peer, run) -> Samples.from(peer, run, Samples.NOW.plusSeconds(run)));
    }

    private static LocalizedText cut(LocalizedText text, int maxLength) {
        LocalizedText cut = LocalizedText.empty();
        for (String language : text.languages()) {
            String words = text.in(language).orElseThrow();
            int end = Math.min(words.length(), maxLength);
            while (end < words.length() && end > 0 && Character.isLowSurrogate(words.charAt(end))) {
                end--;
            }
            cut = cut.with(language, words.substring(0, end));
        }
        return cut;
    }

    private static boolean isStorable(String text) {
        return text.indexOf(0) < 0 && text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }

    private static <T> Tuple.Tuple2<Integer, T> tuple(int frequency, T value) {
        return Tuple.of(frequency, value);
    }

    /** Provides the generators by parameter type: {@code @Domain(Hostile.Values.class)}. */
    public static final class Values extends DomainContextBase {

        @Provide
        Arbitrary<ResourceContent> contents() {
            return content();
        }

        @Provide
        Arbitrary<LocalizedText> texts() {
            return localized();
        }

        @Provide
        Arbitrary<IncomingResource> bodies() {
            return incoming();
        }

        @Provide
        Arbitrary<Delivery> deliveries() {
            return delivery();
        }

        @Provide
        Arbitrary<Guid> guids() {
            return guid();
        }
    }
}
