package org.librarypeers.http.wire;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.BornOn;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.IncomingResource;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.QuarantineReason;
import org.librarypeers.domain.Remark.Kind;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Route;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A parser for one resource. It rejects the resource only if the GUID or the title cannot be used. Any other value, tag or attachment that
 * cannot be used is corrected or left out, with a remark.
 */
final class ResourceReader {

    /** The field with the libraries through which a resource came. */
    static final String ROUTE = "route";

    private final JsonNode object;
    private final String language;
    private final String base;
    private final Remarks remarks = new Remarks();

    /**
     * Creates a parser for one object.
     *
     * @param defaultLanguage the language of texts whose keys do not name one, if the object does not show their language
     * @param base scheme and host for addresses that have none
     */
    ResourceReader(JsonNode object, String defaultLanguage, String base) {
        this.object = object;
        this.language = Texts.languageOf(object, defaultLanguage);
        this.base = base;
    }

    ReadResource read() {
        return read(UnaryOperator.identity());
    }

    /**
     * Reads the object.
     *
     * @param completed returns the title of the resource for the title that the object contains, which may be empty
     */
    ReadResource read(UnaryOperator<LocalizedText> completed) {
        if (!object.isObject()) {
            throw new InvalidDocumentException(QuarantineReason.Kind.UNREADABLE, "resource is not a JSON object");
        }
        Fields fields = new Fields(object, "", remarks);
        try {
            Guid guid = fields.string("guid")
                    .map(Guid::of)
                    .orElseThrow(() -> new InvalidDocumentException(QuarantineReason.Kind.NO_GUID, "guid is missing"));
            IncomingResource incoming = new IncomingResource(
                            guid,
                            content(fields, guid, completed),
                            source(fields, "source_name", fields.line("source_name")),
                            source(fields, "source_host", fields.address("source_host")),
                            source(fields, "source_url", whole(fields.address("source_url"))),
                            route(fields))
                    .updatedOn(fields.string("update_date")
                            .flatMap(OrbTime::read)
                            .map(LocalDateTime::toLocalDate)
                            .orElse(null));
            return new ReadResource(incoming, remarks.all());
        } catch (IllegalArgumentException e) {
            throw new InvalidDocumentException(String.valueOf(e.getMessage()), e);
        }
    }

    private ResourceContent content(Fields fields, Guid guid, UnaryOperator<LocalizedText> completed) {
        LocalizedText title = completed.apply(fields.title("title", language, ResourceContent.MAX_TITLE));
        ResourceContent.Builder content = ResourceContent.titled(Texts.requireTitle(title, object))
                .description(fields.html("description", language, LocalizedText.MAX_LENGTH))
                .attribution(text(fields, "attribution"))
                .studyTime(studyTime(fields))
                .bornOn(bornOn(fields))
                .image(image(fields))
                .tags(tags(fields));
        List<SentAttachment> sent = attachments(fields, guid);
        Map<String, Guid> guids = guids(sent, guid);
        return content.attachments(sent.stream()
                        .map(each -> each.attachment().withGuid(Objects.requireNonNull(guids.get(each.path()))))
                        .toList())
                .build();
    }

    private LocalizedText text(Fields fields, String field) {
        return fields.text(field, language, LocalizedText.MAX_LENGTH);
    }

    private static StudyTime studyTime(Fields fields) {
        Optional<String> number = fields.string("study_time_number");
        Optional<String> word = fields.string("study_time_unit");
        StudyTime.Unit unit = word.flatMap(StudyTimes::unit).orElse(null);
        if (word.isPresent() && unit == null) {
            Optional<StudyTime> both = StudyTimes.read(word.get(), null).filter(time -> time.unit() != null);
            if (both.isPresent()
                    && number.filter(text -> !text.strip().equals("0")).isEmpty()) {
                return both.get();
            }
            fields.remark(Kind.VALUE_NOT_UNDERSTOOD, "study_time_unit", Remarks.shown(word.get()));
        }
        Optional<StudyTime> time = number.flatMap(text -> StudyTimes.read(text, unit));
        if (number.isPresent() && time.isEmpty()) {
            fields.remark(Kind.VALUE_NOT_UNDERSTOOD, "study_time_number", Remarks.shown(number.get()));
        }
        return time.orElseGet(() -> new StudyTime(0, unit));
    }

    private static @Nullable BornOn bornOn(Fields fields) {
        Optional<String> text = fields.string("born_on");
        Optional<BornOn> date = text.flatMap(OrbTime::readBornOn);
        if (text.isPresent() && date.isEmpty()) {
            fields.remark(Kind.VALUE_NOT_UNDERSTOOD, "born_on", Remarks.shown(text.get()));
        }
        return date.orElse(null);
    }

    private List<Tag> tags(Fields fields) {
        Map<Tag.Key, Tag> tags = new LinkedHashMap<>();
        Map<Tag.Key, String> places = new HashMap<>();
        for (Fields.ListEntry sent : fields.list("tags", ResourceContent.MAX_TAGS, Kind.TAG_LEFT_OUT)) {
            JsonNode value = sent.value().path("tag").isObject() ? sent.value().path("tag") : sent.value();
            Tag tag = used(Kind.TAG_LEFT_OUT, sent, () -> tag(value, sent.path() + "."));
            Tag same = tag == null ? null : tags.putIfAbsent(tag.key(), tag);
            if (same == null && tag != null) {
                places.put(tag.key(), sent.path());
            } else if (same != null && !same.equals(tag)) {
                remarks.add(Kind.TAG_LEFT_OUT, sent.path(), "the same tag as " + places.get(same.key()));
            }
        }
        return List.copyOf(tags.values());
    }

    /** Reads a tag or an attachment. If it breaks a rule, it is left out, and a remark states the rule. */
    private <T> @Nullable T used(Kind leftOut, Fields.ListEntry sent, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException | InvalidDocumentException e) {
            remarks.add(leftOut, sent.path(), String.valueOf(e.getMessage()));
            return null;
        }
    }

    private Tag tag(JsonNode value, String path) {
        if (!value.isObject()) {
            throw new IllegalArgumentException(Remarks.shown(value) + " is not a tag with a category");
        }
        Fields fields = new Fields(value, path, remarks);
        LocalizedText categories = fields.names("category", Tag.MAX_NAME);
        LocalizedText names = fields.names("name", Tag.MAX_NAME);
        String category = name(fields, "category", categories);
        String name = name(fields, "name", names);
        return new Tag(
                fields.guid().orElseGet(() -> Guid.ofTag(category, name)),
                category,
                name,
                categories,
                names,
                text(fields, "description"),
                fields.text("summary", language, Tag.MAX_NAME),
                image(fields));
    }

    private String name(Fields fields, String field, LocalizedText byLanguage) {
        String own = fields.name(field);
        String name = own == null ? byLanguage.best(List.of(language)) : own;
        if (name.isEmpty()) {
            throw new IllegalArgumentException("tag " + field + " is missing");
        }
        return name;
    }

    /**
     * An attachment, as it was sent.
     *
     * @param path the name of the attachment in remarks
     * @param guid the GUID that was sent; null if there was none
     * @param attachment the attachment, with a provisional GUID
     */
    private record SentAttachment(String path, @Nullable Guid guid, Attachment attachment) {}

    private List<SentAttachment> attachments(Fields fields, Guid owner) {
        List<SentAttachment> all = new ArrayList<>();
        for (AttachmentKind kind : AttachmentKind.values()) {
            AttachmentFields names = AttachmentFields.of(kind);
            int position = 0;
            for (Fields.ListEntry sent : fields.list(names.list(), ResourceContent.MAX_ATTACHMENTS, names.leftOut())) {
                int next = position;
                SentAttachment read = used(names.leftOut(), sent, () -> attachment(sent, kind, owner, next));
                if (read != null) {
                    all.add(read);
                    position++;
                }
            }
        }
        return all;
    }

    private SentAttachment attachment(Fields.ListEntry sent, AttachmentKind kind, Guid owner, int position) {
        String field = AttachmentFields.of(kind).address();
        if (!sent.value().isObject() && !sent.value().isString()) {
            throw new IllegalArgumentException(Remarks.shown(sent.value()) + " is not an address");
        }
        JsonNode value = sent.value().isObject()
                ? sent.value()
                : JsonNodeFactory.instance.objectNode().set(field, sent.value());
        Fields fields = new Fields(value, sent.path() + ".", remarks);
        String url = whole(fields.address(field));
        if (url == null) {
            throw new IllegalArgumentException("address is missing");
        } else if (url.length() > Attachment.MAX_URL) {
            throw new IllegalArgumentException("address is " + Remarks.tooLong(url.length(), Attachment.MAX_URL));
        } else if (Addresses.isData(url)) {
            throw new IllegalArgumentException("the address contains the content itself (data:)");
        }
        return new SentAttachment(
                sent.path(),
                fields.guid().orElse(null),
                new Attachment(
                        kind,
                        Guid.ofAttachment(owner, url),
                        fields.title("title", language, LocalizedText.MAX_LENGTH),
                        text(fields, "description"),
                        url,
                        (int) fields.number("order_by", Integer.MIN_VALUE, Integer.MAX_VALUE, position),
                        fields.number("file_size", 0, Long.MAX_VALUE, 0)));
    }

    /**
     * Assigns a unique GUID to each attachment: the one that was sent, otherwise one derived from its address. Both are
     * the same each time the resource is read, regardless of the order in which the site lists the attachments.
     *
     * @return the GUIDs by the paths of the attachments
     */
    private Map<String, Guid> guids(List<SentAttachment> attachments, Guid owner) {
        Comparator<Attachment> order = Comparator.comparing(Attachment::kind)
                .thenComparing(Attachment::order)
                .thenComparing(Attachment::url);
        List<SentAttachment> inOrder = attachments.stream()
                .sorted(Comparator.comparing(SentAttachment::attachment, order))
                .toList();
        Map<String, Guid> guids = new HashMap<>();
        Set<Guid> taken = new HashSet<>();
        for (SentAttachment sent : inOrder) {
            if (sent.guid() != null && taken.add(sent.guid())) {
                guids.put(sent.path(), sent.guid());
            } else if (sent.guid() != null) {
                remarks.add(
                        Kind.GUID_DERIVED,
                        sent.path() + ".guid",
                        sent.guid() + " is also the GUID of another attachment");
            }
        }
        for (SentAttachment sent : inOrder) {
            String url = sent.attachment().url();
            for (int again = 1; !guids.containsKey(sent.path()); again++) {
                Guid derived = Guid.ofAttachment(owner, again == 1 ? url : url + " " + again);
                if (taken.add(derived)) {
                    guids.put(sent.path(), derived);
                }
            }
        }
        return guids;
    }

    /** Returns the address of an image that can be fetched; null if it is missing. */
    private @Nullable String image(Fields fields) {
        String address = whole(fields.address("image"));
        if (address == null) {
            return null;
        }
        String problem = Addresses.isData(address)
                ? "the address contains the image itself (data:)"
                : address.length() > Attachment.MAX_URL ? Remarks.tooLong(address.length(), Attachment.MAX_URL) : null;
        if (problem != null) {
            fields.remark(Kind.IMAGE_LEFT_OUT, "image", problem);
            return null;
        }
        return address;
    }

    private static @Nullable String source(Fields fields, String field, @Nullable String value) {
        int length = value == null ? 0 : TextCleaner.normalized(value).length();
        if (length > Origin.FromPeer.MAX_SOURCE) {
            fields.remark(Kind.SOURCE_LEFT_OUT, field, Remarks.tooLong(length, Origin.FromPeer.MAX_SOURCE));
            return null;
        }
        return value;
    }

    private @Nullable String whole(@Nullable String address) {
        return address == null ? null : Addresses.resolve(address, base);
    }

    /** Returns the route. An unreadable route counts as unknown. */
    private Route route(Fields fields) {
        JsonNode route = object.path(ROUTE);
        try {
            if (route.isArray() || route.isNull() || route.isMissingNode()) {
                return new Route(route.valueStream()
                        .map(library -> LibraryId.of(library.asString("")))
                        .toList());
            }
        } catch (IllegalArgumentException e) {
            // The remark is added below.
        }
        fields.remark(Kind.VALUE_NOT_UNDERSTOOD, ROUTE, Remarks.shown(route));
        return Route.UNKNOWN;
    }
}
