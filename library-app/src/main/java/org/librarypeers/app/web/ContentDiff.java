package org.librarypeers.app.web;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.WordDiff.Kind;
import org.librarypeers.app.web.WordDiff.Piece;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;

/**
 * The differences between two revisions of a resource, field by field, for {@code layout/diff.jte}. Descriptions are
 * compared as text. The addresses of their links are compared separately.
 *
 * @param rows one row per difference, in the order of the fields on the page
 * @param more the number of differences beyond these rows
 */
public record ContentDiff(List<DiffRow> rows, int more) {

    private static final int MOST_ROWS = 200;

    /**
     * A difference.
     *
     * @param field the name of the field in the visitor's language
     * @param part the title or address of the link or file that changed; null for a field of the resource itself
     * @param language the code of the language of the texts; null for text in the visitor's language or without a language
     * @param pieces the old and the new value, merged
     */
    public record DiffRow(
            String field, @Nullable String part, @Nullable String language, List<Piece> pieces) {

        /** Returns the old value; empty if there was none. */
        public List<Piece> before() {
            return pieces.stream().filter(piece -> piece.kind() != Kind.ADDED).toList();
        }

        /** Returns the new value; empty if it is missing. */
        public List<Piece> after() {
            return pieces.stream().filter(piece -> piece.kind() != Kind.REMOVED).toList();
        }

        private DiffRow cut(int characters) {
            List<Piece> some = new ArrayList<>();
            int room = characters;
            for (Piece piece : pieces) {
                // One piece gets at most half of the space, so that the new value is visible too.
                String text = Excerpt.of(piece.text(), Math.min(room, characters / 2));
                some.add(new Piece(piece.kind(), text));
                room -= text.length();
                if (room <= 0) {
                    break;
                }
            }
            return new DiffRow(field, part, language, some);
        }

        /** Returns the writing direction of the texts: {@code ltr}, {@code rtl}, or {@code auto} if the language is unknown. */
        public String direction() {
            return language == null ? "auto" : Wording.direction(language);
        }
    }

    /** Returns the first differences: at most {@code mostRows} rows, each shortened to at most {@code characters} characters. */
    public ContentDiff brief(int mostRows, int characters) {
        List<DiffRow> some =
                rows.stream().limit(mostRows).map(row -> row.cut(characters)).toList();
        return new ContentDiff(some, more + rows.size() - some.size());
    }

    /** Returns the differences between the contents of two revisions. */
    public static ContentDiff between(ResourceContent before, ResourceContent after, Wording words) {
        Collector all = new Collector(words);
        all.texts("title", null, before.title(), after.title(), text -> text);
        all.descriptions(before.description(), after.description());
        all.texts("attribution", null, before.attribution(), after.attribution(), text -> text);
        all.values("study", null, words.studyTime(before.studyTime()), words.studyTime(after.studyTime()));
        all.bornOn(before, after);
        all.values("image", null, before.image(), after.image());
        all.tags(before.tags(), after.tags());
        for (AttachmentKind kind : AttachmentKind.values()) {
            all.attachments(kind.word(), before.attachments(kind), after.attachments(kind));
        }
        return new ContentDiff(List.copyOf(all.rows), all.more);
    }

    private static final class Collector {

        private final Wording words;
        private final List<DiffRow> rows = new ArrayList<>();
        private int more;

        Collector(Wording words) {
            this.words = words;
        }

        private void row(String field, @Nullable String part, @Nullable String language, List<Piece> pieces) {
            if (rows.size() >= MOST_ROWS) {
                more++;
                return;
            }
            String name = words.say("diff." + field);
            rows.add(new DiffRow(
                    language == null ? name : words.say("diff.in", name, words.languageName(language)),
                    part,
                    language,
                    WordDiff.shortened(pieces)));
        }

        void texts(
                String field,
                @Nullable String part,
                LocalizedText before,
                LocalizedText after,
                UnaryOperator<String> reading) {
            for (String language : languages(before, after)) {
                String old = reading.apply(before.in(language).orElse(""));
                String now = reading.apply(after.in(language).orElse(""));
                if (!old.equals(now)) {
                    row(field, part, language, WordDiff.between(old, now));
                }
            }
        }

        private static Set<String> languages(LocalizedText before, LocalizedText after) {
            Set<String> languages = new TreeSet<>(before.languages());
            languages.addAll(after.languages());
            return languages;
        }

        void descriptions(LocalizedText before, LocalizedText after) {
            texts("description", null, before, after, SafeHtml::exactText);
            for (String language : languages(before, after)) {
                String old = before.in(language).orElse("");
                String now = after.in(language).orElse("");
                if (!old.equals(now) && !addresses(language, old, now)) {
                    markup(language, old, now);
                }
            }
        }

        /**
         * Adds a row for each link address in the old or the new HTML alone, because the text does not show them. Returns whether
         * there were any.
         */
        private boolean addresses(String language, String old, String now) {
            Set<String> before = SafeHtml.addresses(old);
            Set<String> after = SafeHtml.addresses(now);
            before.stream()
                    .filter(address -> !after.contains(address))
                    .forEach(address ->
                            row("address", null, language, List.of(new Piece(Kind.REMOVED, spelled(address)))));
            after.stream()
                    .filter(address -> !before.contains(address))
                    .forEach(address ->
                            row("address", null, language, List.of(new Piece(Kind.ADDED, spelled(address)))));
            return !before.equals(after);
        }

        /** Returns the address, followed by the other spelling of its host if it has one. The host may resemble another. */
        private static String spelled(String address) {
            String other = HostNames.otherSpelling(address);
            return other == null ? address : address + " (" + other + ")";
        }

        private void markup(String language, String old, String now) {
            if (SafeHtml.exactText(old).equals(SafeHtml.exactText(now))) {
                row("description", null, language, List.of(new Piece(Kind.ADDED, words.say("diff.markup"))));
            }
        }

        void values(String field, @Nullable String part, @Nullable String before, @Nullable String after) {
            if (!Objects.equals(before, after)) {
                row(field, part, null, WordDiff.between(orEmpty(before), orEmpty(after)));
            }
        }

        private static String orEmpty(@Nullable String text) {
            return text == null ? "" : text;
        }

        void bornOn(ResourceContent before, ResourceContent after) {
            if (Objects.equals(before.bornOn(), after.bornOn())) {
                return;
            }
            String old = before.bornOn() == null ? "" : words.date(before.bornOn());
            String now = after.bornOn() == null ? "" : words.date(after.bornOn());
            boolean byTime = old.equals(now);
            values(
                    "born",
                    null,
                    byTime ? String.valueOf(before.bornOn()) : old,
                    byTime ? String.valueOf(after.bornOn()) : now);
        }

        void tags(List<Tag> before, List<Tag> after) {
            Map<Tag.Key, Tag> removed = byKey(before);
            Map<Tag.Key, Tag> added = byKey(after);
            before.forEach(tag -> added.remove(tag.key()));
            after.forEach(tag -> removed.remove(tag.key()));
            removed.values().forEach(tag -> row("tag", null, null, List.of(new Piece(Kind.REMOVED, name(tag)))));
            added.values().forEach(tag -> row("tag", null, null, List.of(new Piece(Kind.ADDED, name(tag)))));
        }

        private static Map<Tag.Key, Tag> byKey(List<Tag> tags) {
            Map<Tag.Key, Tag> byKey = new LinkedHashMap<>();
            tags.forEach(tag -> byKey.put(tag.key(), tag));
            return byKey;
        }

        private String name(Tag tag) {
            return tag.category() + ": " + tag.name();
        }

        void attachments(String field, List<Attachment> before, List<Attachment> after) {
            Map<Guid, Attachment> left = new LinkedHashMap<>();
            before.forEach(attachment -> left.put(attachment.guid(), attachment));
            Map<Guid, Attachment> was = new HashMap<>();
            for (Attachment attachment : after) {
                Attachment same = left.remove(attachment.guid());
                if (same != null) {
                    was.put(attachment.guid(), same);
                }
            }
            left.values()
                    .forEach(attachment ->
                            row(field, null, null, List.of(new Piece(Kind.REMOVED, described(attachment)))));
            for (Attachment attachment : after) {
                Attachment old = was.get(attachment.guid());
                if (old == null) {
                    row(field, null, null, List.of(new Piece(Kind.ADDED, described(attachment))));
                } else {
                    changed(field, old, attachment);
                }
            }
        }

        private void changed(String field, Attachment old, Attachment now) {
            String title = words.text(now.title()).value();
            String name = title.isEmpty() ? now.url() : title;
            texts(field + ".title", name, old.title(), now.title(), text -> text);
            texts(field + ".description", name, old.description(), now.description(), SafeHtml::exactText);
            values(field + ".address", name, spelled(old.url()), spelled(now.url()));
            values(field + ".size", name, size(old), size(now));
        }

        private String described(Attachment attachment) {
            List<String> all = new ArrayList<>();
            attachment.title().texts().values().forEach(all::add);
            all.add(spelled(attachment.url()));
            attachment.description().texts().values().forEach(html -> all.add(SafeHtml.exactText(html)));
            if (attachment.sizeBytes() > 0) {
                all.add(size(attachment));
            }
            return String.join(" · ", all);
        }

        private String size(Attachment attachment) {
            return attachment.sizeBytes() == 0 ? "" : words.size(attachment.sizeBytes());
        }
    }
}
