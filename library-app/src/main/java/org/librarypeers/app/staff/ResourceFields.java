package org.librarypeers.app.staff;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.staff.ResourceForm.LinkRow;
import org.librarypeers.app.web.SafeHtml;
import org.librarypeers.domain.BornOn;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Link;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.http.wire.OrbTime;

/** What single fields of a resource's form mean. */
final class ResourceFields {

    private static final int MAX_DESCRIPTION = 50_000;
    private static final int MAX_ATTRIBUTION = 5_000;

    private static final Pattern DATE = Pattern.compile("\\d{4}(-\\d\\d(-\\d\\d)?)?");

    private ResourceFields() {}

    /** The longest text that somebody may type into that field, in characters. */
    static int longest(String field) {
        return switch (field) {
            case "title", "file-title" -> ResourceContent.MAX_TITLE;
            case "description" -> MAX_DESCRIPTION;
            case "attribution" -> MAX_ATTRIBUTION;
            default -> Integer.MAX_VALUE;
        };
    }

    /** What a database holds, lines and all. */
    static String readable(String text) {
        return text.replaceAll("\\r\\n?", "\n").replaceAll("[\\p{Cc}&&[^\\n\\t]]", "");
    }

    /** That text on one line, as browsers send those. */
    static String line(String text) {
        return text.replaceAll("\\p{Cc}+", " ").strip();
    }

    /** The title in that language, on one line. */
    static String line(LocalizedText title, String language) {
        return line(title.in(language).orElse(""));
    }

    /** The title with what was sent in that language. One of several lines, which nobody touched, stays so. */
    static LocalizedText titled(LocalizedText now, String language, String sent) {
        return line(sent).equals(line(now, language)) ? now : now.with(language, sent);
    }

    /** Whether a browser that was shown the one sends the other if nobody touches it. */
    static boolean isSame(String shown, String sent) {
        return readable(shown).strip().equals(readable(sent).strip());
    }

    /** Returns the date of a text such as 2024-03-31, 2024-03 or 2024, or nothing if it is of another form. */
    static Optional<BornOn> date(String text) {
        return DATE.matcher(text).matches() ? OrbTime.readBornOn(text) : Optional.empty();
    }

    /** Which text says what is wrong with that link; null if nothing is. Addresses that are there already may stay. */
    static @Nullable String wrongLink(LinkRow row, @Nullable Link known) {
        if (row.url().isEmpty()) {
            return row.title().isEmpty() || known != null ? null : "resources.link.missing";
        }
        if (known != null && known.url().equals(row.url())) {
            return null;
        }
        return SafeHtml.address(row.url()) == null ? "resources.link.wrong" : null;
    }

    /**
     * The links once these rows are saved: a row without an address takes its link away.
     *
     * @param now the links that are there; those that no row is about stay
     */
    static List<Link> links(List<Link> now, List<LinkRow> rows, String language) {
        Map<String, LinkRow> byGuid = new HashMap<>();
        rows.stream().filter(row -> !row.guid().isEmpty()).forEach(row -> byGuid.put(row.guid(), row));
        List<Link> all = new ArrayList<>();
        for (Link link : now) {
            LinkRow row = byGuid.get(link.guid().toString());
            if (row == null) {
                all.add(link);
            } else if (!row.url().isEmpty()) {
                LocalizedText title = titled(link.title(), language, row.title());
                long size = row.url().equals(link.url()) ? link.sizeBytes() : 0;
                all.add(new Link(link.guid(), title, link.description(), row.url(), link.order(), size));
            }
        }
        int order = now.stream().mapToInt(Link::order).max().orElse(-1);
        for (LinkRow row : rows) {
            boolean isNew =
                    now.stream().noneMatch(link -> link.guid().toString().equals(row.guid()));
            if (isNew && !row.url().isEmpty()) {
                order++;
                LocalizedText title = LocalizedText.of(language, row.title());
                all.add(new Link(Guid.random(), title, LocalizedText.empty(), row.url(), order, 0));
            }
        }
        return all;
    }
}
