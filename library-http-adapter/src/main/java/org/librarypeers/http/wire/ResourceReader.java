package org.librarypeers.http.wire;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.FileLink;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Incoming;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.domain.Link;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Route;
import org.librarypeers.domain.StudyTime;
import org.librarypeers.domain.Tag;
import tools.jackson.databind.JsonNode;

/** Reads one resource, as far as there is sense in it. */
final class ResourceReader {

    /** The field that says through which libraries a resource came. */
    static final String ROUTE = "route";

    private final JsonNode object;
    private final String defaultLanguage;
    private final Predicate<String> wanted;
    private final String base;

    /**
     * Of one object.
     *
     * @param defaultLanguage the language of fields that do not say theirs
     * @param wanted the languages of which texts are kept
     * @param base what is put before addresses that are a path only
     */
    ResourceReader(JsonNode object, String defaultLanguage, Predicate<String> wanted, String base) {
        this.object = object;
        this.defaultLanguage = defaultLanguage;
        this.wanted = wanted;
        this.base = base;
    }

    Incoming read() {
        if (!object.isObject()) {
            throw new InvalidDocumentException("resource is no JSON object");
        }
        try {
            Guid guid = Texts.string(object, "guid")
                    .map(Guid::of)
                    .orElseThrow(() -> new InvalidDocumentException("guid is missing"));
            return new Incoming(
                    guid,
                    content(guid),
                    line(object, "source_name"),
                    line(object, "source_host"),
                    line(object, "source_url"),
                    route());
        } catch (IllegalArgumentException e) {
            throw new InvalidDocumentException(String.valueOf(e.getMessage()), e);
        }
    }

    private ResourceContent content(Guid guid) {
        Parts parts = new Parts(guid);
        return ResourceContent.titled(title())
                .description(text(object, "description"))
                .attribution(text(object, "attribution"))
                .studyTime(new StudyTime(
                        (int) number(object, "study_time_number", 0, Integer.MAX_VALUE, 0),
                        Texts.string(object, "study_time_unit")
                                .map(String::strip)
                                .flatMap(StudyTime.Unit::ofWord)
                                .orElse(null)))
                .bornOn(Texts.string(object, "born_on").flatMap(OrbTime::read).orElse(null))
                .image(address(object, "image"))
                .tags(tags())
                .links(parts.links())
                .files(parts.files())
                .build();
    }

    /** A resource must be called something: where no wanted language has a title, it is what the site shows. */
    private LocalizedText title() {
        LocalizedText wantedOnes = text(object, "title");
        if (!wantedOnes.isEmpty()) {
            return wantedOnes;
        }
        String any = Texts.readLanguages(object, "title").best(List.of());
        return LocalizedText.of(defaultLanguage, Texts.string(object, "title").orElse(any));
    }

    private List<Tag> tags() {
        List<Tag> tags = new ArrayList<>();
        for (JsonNode tagging : list("tags")) {
            JsonNode tag = tagging.path("tag").isObject() ? tagging.path("tag") : tagging;
            LocalizedText categories = Texts.readLanguages(tag, "category");
            LocalizedText names = Texts.readLanguages(tag, "name");
            String category = name(tag, "category", categories);
            String name = name(tag, "name", names);
            if (category != null && name != null) {
                tags.add(new Tag(
                        guid(tag).orElseGet(() -> Guid.ofTag(category, name)),
                        category,
                        name,
                        categories.only(wanted),
                        names.only(wanted),
                        text(tag, "description"),
                        text(tag, "summary"),
                        address(tag, "image")));
            }
        }
        return tags;
    }

    private @Nullable String name(JsonNode tag, String field, LocalizedText byLanguage) {
        String best = byLanguage.best(List.of(defaultLanguage));
        String name = Texts.string(tag, field).orElse(best).strip();
        return name.isEmpty() ? null : name;
    }

    /** Links and files: what they have in common, and that no two of them share a GUID. */
    private final class Parts {
        private final Guid owner;
        private final Set<Guid> taken = new HashSet<>();

        Parts(Guid owner) {
            this.owner = owner;
            for (String field : List.of("urls", "files")) {
                list(field).forEach(part -> guid(part).ifPresent(taken::add));
            }
        }

        List<Link> links() {
            List<Link> links = new ArrayList<>();
            for (JsonNode part : list("urls")) {
                String url = address(part, "url");
                if (url != null) {
                    int order = order(part, links.size());
                    links.add(new Link(guidOf(part, url), title(part), description(part), url, order, size(part)));
                }
            }
            return links;
        }

        List<FileLink> files() {
            List<FileLink> files = new ArrayList<>();
            for (JsonNode part : list("files")) {
                String url = address(part, "file");
                if (url != null) {
                    int order = order(part, files.size());
                    files.add(new FileLink(guidOf(part, url), title(part), description(part), url, order, size(part)));
                }
            }
            return files;
        }

        /** The GUID sent, else one that is the same each time this part is read, also if its address occurs twice. */
        private Guid guidOf(JsonNode part, String url) {
            return guid(part).orElseGet(() -> {
                Guid derived = Guid.ofPart(owner, url);
                for (int again = 2; !taken.add(derived); again++) {
                    derived = Guid.ofPart(owner, url + " " + again);
                }
                return derived;
            });
        }

        private LocalizedText title(JsonNode part) {
            return text(part, "title");
        }

        private LocalizedText description(JsonNode part) {
            return text(part, "description");
        }

        private int order(JsonNode part, int position) {
            return (int) number(part, "order_by", Integer.MIN_VALUE, Integer.MAX_VALUE, position);
        }

        private long size(JsonNode part) {
            return number(part, "file_size", 0, Long.MAX_VALUE, 0);
        }
    }

    /** A route that is not legible is as good as none. */
    private Route route() {
        try {
            return new Route(object.path(ROUTE)
                    .valueStream()
                    .map(library -> LibraryId.of(library.asString("")))
                    .toList());
        } catch (IllegalArgumentException e) {
            return Route.UNKNOWN;
        }
    }

    private List<JsonNode> list(String field) {
        JsonNode list = object.path(field);
        return list.isArray() ? list.valueStream().filter(JsonNode::isObject).toList() : List.of();
    }

    private LocalizedText text(JsonNode node, String field) {
        return Texts.read(node, field, defaultLanguage).only(wanted);
    }

    /** An address; some sites send those of their own without scheme and host. */
    private @Nullable String address(JsonNode node, String field) {
        String address = line(node, field);
        boolean pathOnly = address != null && address.startsWith("/") && !address.startsWith("//");
        return pathOnly ? base + address : address;
    }

    private static @Nullable String line(JsonNode node, String field) {
        return Texts.string(node, field).map(String::strip).orElse(null);
    }

    /** A GUID that is none counts as none. */
    private static Optional<Guid> guid(JsonNode node) {
        try {
            return Texts.string(node, "guid").map(Guid::of);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static long number(JsonNode node, String field, long least, long most, long otherwise) {
        JsonNode value = node.path(field);
        if (value.isFloatingPointNumber()) {
            return Math.max(least, Math.min(most, (long) value.doubleValue()));
        }
        try {
            return Texts.string(node, field)
                    .map(digits -> Long.parseLong(digits.strip()))
                    .map(number -> Math.max(least, Math.min(most, number)))
                    .orElse(otherwise);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
