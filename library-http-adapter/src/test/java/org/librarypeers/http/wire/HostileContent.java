package org.librarypeers.http.wire;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.BornOn;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.Tag;

/** Generators of valid but difficult contents. */
final class HostileContent {

    private static final List<String> LANGUAGES = List.of("en", "es", "pt-br", "ar", "fil", "zh-hans-cn", "fr", "url");
    private static final List<String> PIECES = List.of(
            "water",
            "ماء كوفيد",
            "🧼👩🏽‍⚕️",
            "<script>alert(1)</script>",
            "&amp;",
            "\"",
            "\\",
            "\r\n",
            "\t",
            "\u0001",
            "\u2028",
            "{{x}}",
            "null",
            "title_en",
            "  ",
            "𝄞",
            "\u202e",
            "'",
            "0");

    private final Random random;

    HostileContent(Random random) {
        this.random = random;
    }

    ResourceContent next() {
        return ResourceContent.titled(text().with(language(), "t" + words(40).strip()))
                .description(text())
                .attribution(text())
                .studyTime(new StudyTime(random.nextInt(9), maybe(() -> StudyTime.Unit.values()[random.nextInt(4)])))
                .bornOn(maybe(() -> new BornOn(
                        LocalDateTime.of(
                                1 + random.nextInt(9_999),
                                1 + random.nextInt(12),
                                1,
                                0,
                                random.nextInt(60),
                                0,
                                micros()),
                        BornOn.Precision.values()[random.nextInt(3)])))
                .image(maybe(this::line))
                .tags(some(this::tag))
                .attachments(
                        AttachmentKind.LINK,
                        some(() -> new Attachment(
                                AttachmentKind.LINK, Guid.random(), text(), text(), line(), random.nextInt(), size())))
                .attachments(
                        AttachmentKind.FILE,
                        some(() -> new Attachment(
                                AttachmentKind.FILE, Guid.random(), text(), text(), line(), random.nextInt(), size())))
                .build();
    }

    private Tag tag() {
        return new Tag(Guid.random(), line(), line(), shortText(), shortText(), text(), shortText(), maybe(this::line));
    }

    private LocalizedText text() {
        return texts(60);
    }

    private LocalizedText shortText() {
        return texts(2);
    }

    private LocalizedText texts(int words) {
        Map<String, String> texts = new TreeMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            texts.put(language(), words(words));
        }
        return new LocalizedText(texts);
    }

    private String language() {
        return LANGUAGES.get(random.nextInt(LANGUAGES.size()));
    }

    private String words(int most) {
        StringBuilder words = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            words.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return words.toString();
    }

    private String line() {
        return "x" + words(3).replaceAll("\\p{Cntrl}", "").strip();
    }

    private int micros() {
        return random.nextBoolean() ? 0 : random.nextInt(1_000_000) * 1_000;
    }

    private long size() {
        return random.nextBoolean() ? 0 : random.nextLong(Long.MAX_VALUE);
    }

    private <T> T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    private <T> List<T> some(Supplier<T> part) {
        return Stream.generate(part).limit(random.nextInt(4)).toList();
    }
}
