package org.librarypeers.app.resources;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.resources.ResourceForm.FileRow;
import org.librarypeers.app.resources.ResourceForm.LinkRow;
import org.librarypeers.app.web.SafeHtml;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.BornOn;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.http.wire.OrbTime;

/** The parsing of single fields of the resource form. */
final class ResourceFields {

    private static final int MAX_DESCRIPTION = 50_000;
    private static final int MAX_ATTRIBUTION = 5_000;

    private static final Pattern DATE = Pattern.compile("\\d{4}(-\\d\\d(-\\d\\d)?)?");

    private ResourceFields() {}

    /** Returns the maximum length of a field, in {@code char} units. */
    static int longest(String field) {
        return switch (field) {
            case "title", "file-title" -> ResourceContent.MAX_TITLE;
            case "description" -> MAX_DESCRIPTION;
            case "attribution" -> MAX_ATTRIBUTION;
            default -> Integer.MAX_VALUE;
        };
    }

    /** Returns the text with normalized line breaks and without control characters that a database cannot store. */
    static String readable(String text) {
        return text.replaceAll("\\r\\n?", "\n").replaceAll("[\\p{Cc}&&[^\\n\\t]]", "");
    }

    /** Returns the text on one line, as browsers submit single-line fields. */
    static String line(String text) {
        return text.replaceAll("\\p{Cc}+", " ").strip();
    }

    /** Returns the title in a language, on one line. */
    static String line(LocalizedText title, String language) {
        return line(title.in(language).orElse(""));
    }

    /**
     * Returns the title with the submitted text in a language. If the text is unchanged, a stored title of several lines keeps
     * its line breaks.
     */
    static LocalizedText titled(LocalizedText now, String language, String sent) {
        return line(sent).equals(line(now, language)) ? now : now.with(language, sent);
    }

    /** Returns whether the submitted text is the shown one, apart from changes that a browser makes. */
    static boolean isSame(String shown, String sent) {
        return readable(shown).strip().equals(readable(sent).strip());
    }

    /**
     * Returns the date of a text such as 2024-03-31, 2024-03 or 2024, or an empty {@code Optional} if the text has another form or
     * is not a valid date.
     */
    static Optional<BornOn> date(String text) {
        return DATE.matcher(text).matches() ? OrbTime.readBornOn(text) : Optional.empty();
    }

    /**
     * Returns the message key for what is wrong with a link; null if the link is valid. An unchanged address of an existing link is
     * always accepted.
     */
    static @Nullable String wrongLink(LinkRow row, @Nullable Attachment known) {
        if (row.url().isEmpty()) {
            return row.title().isEmpty() || known != null ? null : "resources.link.missing";
        }
        if (known != null && known.url().equals(row.url())) {
            return null;
        }
        return SafeHtml.address(row.url()) == null ? "resources.link.wrong" : null;
    }

    /**
     * Returns the links after the rows are saved. A row without an address removes its link.
     *
     * @param now the existing links; those without a row are kept
     */
    static List<Attachment> links(List<Attachment> now, List<LinkRow> rows, String language) {
        Map<String, LinkRow> byGuid = new HashMap<>();
        rows.stream().filter(row -> !row.guid().isEmpty()).forEach(row -> byGuid.put(row.guid(), row));
        List<Attachment> all = new ArrayList<>();
        for (Attachment link : now) {
            LinkRow row = byGuid.get(link.guid().toString());
            if (row == null) {
                all.add(link);
            } else if (!row.url().isEmpty()) {
                LocalizedText title = titled(link.title(), language, row.title());
                long size = row.url().equals(link.url()) ? link.sizeBytes() : 0;
                all.add(new Attachment(
                        AttachmentKind.LINK, link.guid(), title, link.description(), row.url(), link.order(), size));
            }
        }
        int order = lastOrder(now);
        for (LinkRow row : rows) {
            boolean isNew =
                    now.stream().noneMatch(link -> link.guid().toString().equals(row.guid()));
            if (isNew && !row.url().isEmpty()) {
                order++;
                LocalizedText title = LocalizedText.of(language, row.title());
                all.add(new Attachment(
                        AttachmentKind.LINK, Guid.random(), title, LocalizedText.empty(), row.url(), order, 0));
            }
        }
        return all;
    }

    /**
     * Returns the files after the rows are saved.
     *
     * @param now the existing files; those without a row are kept
     */
    static List<Attachment> files(List<Attachment> now, List<FileRow> rows, String language) {
        Map<String, FileRow> byGuid = new HashMap<>();
        rows.forEach(row -> byGuid.putIfAbsent(row.guid(), row));
        List<Attachment> all = new ArrayList<>();
        for (Attachment file : now) {
            FileRow row = byGuid.get(file.guid().toString());
            if (row == null) {
                all.add(file);
            } else if (!row.removed()) {
                all.add(file.withTitle(titled(file.title(), language, row.title())));
            }
        }
        return all;
    }

    /** Returns the highest {@link Attachment#order} of the attachments; -1 if it is missing. */
    static int lastOrder(List<Attachment> attachments) {
        return attachments.stream().mapToInt(Attachment::order).max().orElse(-1);
    }
}
