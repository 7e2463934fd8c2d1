package org.librarypeers.oai;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.DublinCoreMapping;
import org.librarypeers.domain.DublinCoreMapping.Element;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.IncomingResource;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.QuarantineReason;
import org.librarypeers.domain.Remark;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;
import org.librarypeers.domain.TextCut;
import org.librarypeers.sync.peer.Fetched;

/** A reader of records as resources, with the mapping of a peer. An instance reads one record. */
final class RecordReader {

    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cntrl}\\u0085\\u2028\\u2029]+");
    private static final int MAX_REMARKS = 50;

    private final OaiRecord record;
    private final DublinCoreMapping mapping;
    private final Guid guid;
    private final String language;
    private final Map<String, String> titles = new LinkedHashMap<>();
    private final Map<String, StringBuilder> leads = new LinkedHashMap<>();
    private final Map<String, StringBuilder> descriptions = new LinkedHashMap<>();
    private final List<DublinCoreValue> credits = new ArrayList<>();
    private final List<Tag> tags = new ArrayList<>();
    private final RecordDates dates = new RecordDates();
    private final RecordLinks links;
    private final List<Remark> remarks = new ArrayList<>();

    private RecordReader(OaiRecord record, DublinCoreMapping mapping, Guid guid) {
        this.record = record;
        this.mapping = mapping;
        this.guid = guid;
        this.links = new RecordLinks(guid);
        this.language = record.values().stream()
                .filter(value -> value.element() == Element.LANGUAGE)
                .flatMap(value -> LanguageCodes.find(value.text()).stream())
                .findFirst()
                .orElse(mapping.language());
    }

    /** Returns the resource of a record that is not deleted, or the reason why there is none. */
    static Fetched read(OaiRecord record, DublinCoreMapping mapping, Guid guid) {
        return record.unreadable() != null ? record.unreadable() : new RecordReader(record, mapping, guid).read();
    }

    private Fetched read() {
        record.values().forEach(this::take);
        dates.unreadable().ifPresent(text -> remark(Remark.Kind.VALUE_NOT_UNDERSTOOD, "date", text));
        links.leftOut().forEach(why -> remark(Remark.Kind.LINK_LEFT_OUT, "identifier", why));
        try {
            ResourceContent content = ResourceContent.titled(new LocalizedText(titles))
                    .description(description())
                    .attribution(attribution())
                    .bornOn(dates.earliest())
                    .tags(tags.subList(0, Math.min(tags.size(), ResourceContent.MAX_TAGS)))
                    .attachments(links.attachments())
                    .build();
            IncomingResource incoming = new IncomingResource(guid, content, null, null, null).updatedOn(day());
            return new Fetched.Body(incoming, remarks);
        } catch (IllegalArgumentException e) {
            return new Fetched.Unreadable(QuarantineReason.of(e));
        }
    }

    private @Nullable LocalDate day() {
        return Datestamp.parse(record.datestamp())
                .map(time -> time.atOffset(ZoneOffset.UTC).toLocalDate())
                .orElse(null);
    }

    private void take(DublinCoreValue value) {
        if (value.text().isBlank()) {
            return;
        }
        DublinCoreMapping.Target target = mapping.target(value.element());
        switch (target.field()) {
            case TITLE -> title(value);
            case DESCRIPTION -> append(descriptions, value, DescriptionText.html(value.text()));
            case ATTRIBUTION -> credits.add(value);
            case DATE -> dates.add(value.text());
            case LINK -> links.add(value.text());
            case TAG -> tag(value, String.valueOf(target.category()));
            case NOTHING -> {}
        }
    }

    /** Returns the language of a value: its own one, or else that of the record. */
    private String languageOf(DublinCoreValue value) {
        return statedLanguage(value).orElse(language);
    }

    private static Optional<String> statedLanguage(DublinCoreValue value) {
        return Optional.ofNullable(value.language()).flatMap(LanguageCodes::find);
    }

    private static String line(String text) {
        return BLANKS.matcher(text).replaceAll(" ").strip();
    }

    /** Takes a title. Another one in the same language comes before the description. */
    private void title(DublinCoreValue value) {
        String line = line(value.text());
        String in = languageOf(value);
        if (titles.containsKey(in)) {
            append(leads, value, DescriptionText.paragraph(line));
            return;
        }
        if (line.length() > ResourceContent.MAX_TITLE) {
            remark(Remark.Kind.TEXT_CUT, "title_" + in, line.length() + " characters");
            append(leads, value, DescriptionText.paragraph(line));
        }
        titles.put(in, TextCut.shorten(line, ResourceContent.MAX_TITLE));
    }

    private void append(Map<String, StringBuilder> texts, DublinCoreValue value, String html) {
        String in = languageOf(value);
        int others = lengthOf(leads.get(in)) + lengthOf(descriptions.get(in));
        if (others + html.length() > LocalizedText.MAX_LENGTH) {
            remark(
                    Remark.Kind.TEXT_LEFT_OUT,
                    value.element().word() + "_" + in,
                    "the description would have more than " + LocalizedText.MAX_LENGTH + " characters");
        } else {
            texts.computeIfAbsent(in, none -> new StringBuilder()).append(html);
        }
    }

    private static int lengthOf(@Nullable StringBuilder text) {
        return text == null ? 0 : text.length();
    }

    private LocalizedText description() {
        Map<String, String> all = new LinkedHashMap<>();
        leads.forEach((in, lead) -> all.put(in, lead.toString()));
        descriptions.forEach((in, text) -> all.merge(in, text.toString(), String::concat));
        return new LocalizedText(all);
    }

    /** Returns the credits in each language that they state. A name without a language is the same in all of them. */
    private LocalizedText attribution() {
        Set<String> languages = new LinkedHashSet<>();
        credits.forEach(value -> statedLanguage(value).ifPresent(languages::add));
        if (languages.isEmpty() && !credits.isEmpty()) {
            languages.add(language);
        }
        Map<String, String> all = new LinkedHashMap<>();
        languages.forEach(in -> all.put(in, attribution(in)));
        return new LocalizedText(all);
    }

    private String attribution(String in) {
        return credits.stream()
                .filter(value -> statedLanguage(value).orElse(in).equals(in))
                .map(value -> line(value.text()))
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private void tag(DublinCoreValue value, String category) {
        String text = line(value.text());
        String name = value.element() == Element.LANGUAGE ? LanguageCodes.name(text) : text;
        if (name.length() > Tag.MAX_NAME) {
            remark(Remark.Kind.TAG_LEFT_OUT, value.element().word(), name);
            return;
        }
        try {
            tags.add(Tag.of(category, name));
        } catch (IllegalArgumentException e) {
            remark(Remark.Kind.TAG_LEFT_OUT, value.element().word(), String.valueOf(e.getMessage()));
        }
    }

    private void remark(Remark.Kind kind, String field, String detail) {
        if (remarks.size() < MAX_REMARKS) {
            remarks.add(new Remark(kind, field, detail));
        }
    }
}
