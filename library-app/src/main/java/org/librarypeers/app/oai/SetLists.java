package org.librarypeers.app.oai;

import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.librarypeers.app.http.Xml;
import org.librarypeers.sync.catalogue.CatalogueCategory;
import org.librarypeers.sync.catalogue.CatalogueTag;
import org.librarypeers.sync.catalogue.DatedFeed;

/** The lists of the sets that have public resources. The first part begins with the roots, the languages and the categories. */
final class SetLists {

    /** The number of tags in an answer. */
    static final int TAGS = 500;

    private final DatedFeed feed;

    SetLists(DatedFeed feed) {
        this.feed = feed;
    }

    /** Reads the part of the list that a request asks for. */
    OaiAnswer.Content read(OaiRequest request) throws OaiException {
        String sent = request.token();
        Period always = new Period(null, null);
        ResumptionToken part = sent == null
                ? new ResumptionToken(Verb.LIST_SETS, "", always, "", 0, 0)
                : ResumptionToken.read(Verb.LIST_SETS, sent);
        if (!part.prefix().isEmpty() || !part.set().isEmpty() || !part.period().equals(always)) {
            throw OaiException.badToken();
        }
        boolean first = sent == null;
        List<String> languages = first ? feed.languages() : List.of();
        List<CatalogueCategory> categories = first ? feed.categories() : List.of();
        List<CatalogueTag> found = feed.tags(part.after(), TAGS + 1);
        List<CatalogueTag> tags = found.subList(0, Math.min(TAGS, found.size()));
        if (!first && tags.isEmpty()) {
            // The remaining tags have no public resources any more. A list has at least one entry.
            throw OaiException.badToken();
        }
        int roots = first ? 3 : 0;
        Optional<ResumptionToken> next = found.size() > TAGS
                ? Optional.of(part.next(
                        tags.get(tags.size() - 1).id(), roots + languages.size() + categories.size() + tags.size()))
                : Optional.empty();
        return xml -> {
            if (first) {
                roots(xml);
            }
            for (String language : languages) {
                set(xml, SetSpec.ofLanguage(language), "Language: " + language);
            }
            for (CatalogueCategory category : categories) {
                set(xml, SetSpec.ofCategory(category.name()), "Category: " + category.name());
            }
            for (CatalogueTag tag : tags) {
                set(
                        xml,
                        SetSpec.ofTag(tag.slug()),
                        tag.tag().category() + ": " + tag.tag().name());
            }
            RecordLists.resumption(xml, part, next.orElse(null));
        };
    }

    private static void roots(Xml xml) throws XMLStreamException {
        set(xml, SetSpec.LANGUAGES, "All resources, by the languages of their titles");
        set(xml, SetSpec.CATEGORIES, "The resources with tags, by the categories of the tags");
        set(xml, SetSpec.TAGS, "The resources with tags, by tag");
    }

    private static void set(Xml xml, String name, String description) throws XMLStreamException {
        xml.start("set")
                .element("setSpec", name)
                .element("setName", description)
                .end();
    }
}
