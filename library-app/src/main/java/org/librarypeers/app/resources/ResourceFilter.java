package org.librarypeers.app.resources;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.http.UrlEncoding;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.catalogue.BrowseQuery;
import org.librarypeers.sync.catalogue.Viewer;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.Source;

/**
 * The filter and the order of the list of resources, as they were typed.
 *
 * @param words the words to search for; may be empty
 * @param status the word of a status; empty for all
 * @param source {@value #HERE} or the id of a peer; empty for all
 * @param tag a tag, as its name or as {@code category: name}; empty for all
 * @param language the code of a language of the title; empty for all
 * @param sort the word of an order; empty for the usual one
 */
public record ResourceFilter(String words, String status, String source, String tag, String language, String sort) {

    static final String HERE = "here";

    /** The number of a tag that no resource has. */
    private static final long NO_TAG = -1;

    /** Reads the filter from the query, or from the fields of the same names of a form. */
    static ResourceFilter read(Visit visit, boolean fromForm, List<Peer> peers) {
        String source = value(visit, fromForm, "source");
        String language = value(visit, fromForm, "language");
        return new ResourceFilter(
                value(visit, fromForm, "words"),
                Status.ofWord(value(visit, fromForm, "status"))
                        .map(Status::word)
                        .orElse(""),
                source(source, peers) == null ? "" : source,
                value(visit, fromForm, "tag"),
                LocalizedText.isLanguage(language) ? language : "",
                ResourceSort.ofWord(value(visit, fromForm, "sort"))
                        .map(ResourceSort::word)
                        .orElse(""));
    }

    /** Returns the order. Without words to search for, no entry is the best one, so the usual order is the newest first. */
    ResourceSort order() {
        ResourceSort usual = words.isBlank() ? ResourceSort.NEWEST : ResourceSort.BEST;
        return ResourceSort.ofWord(sort)
                .filter(chosen -> chosen != ResourceSort.BEST)
                .orElse(usual);
    }

    /** Returns the address of the list with this filter in another order. */
    String sorted(ResourceSort other) {
        return new ResourceFilter(words, status, source, tag, language, other.word()).address();
    }

    /** Returns the address of the list with this filter and the given tag, in this order. */
    String tagged(String label) {
        return new ResourceFilter(words, status, source, label, language, sort).address();
    }

    /** Returns the address of the list with this filter. */
    public String address() {
        String parameters = parameters();
        return parameters.isEmpty() ? "/resources" : "/resources?" + parameters;
    }

    private static String value(Visit visit, boolean fromForm, String name) {
        return fromForm ? visit.field(name) : visit.parameter(name);
    }

    private static @Nullable Source source(String chosen, List<Peer> peers) {
        if (chosen.equals(HERE)) {
            return new Source.Here();
        }
        return peers.stream()
                .filter(peer -> peer.id().toString().equals(chosen))
                .findFirst()
                .map(peer -> new Source.Followed(peer.id()))
                .orElse(null);
    }

    /** Returns the query for the resources that the visitor sees. */
    BrowseQuery query(Visit visit, LibraryStorage storage, List<Peer> peers) {
        BrowseQuery query = BrowseQuery.allFor(Viewer.of(visit.signedIn()))
                .holding(words)
                .from(source(source, peers))
                .in(language.isEmpty() ? null : language)
                .tagged(tag.isEmpty() ? Set.of() : Set.of(found(storage).orElse(NO_TAG)));
        return Status.ofWord(status).map(query::of).orElse(query);
    }

    private Optional<Long> found(LibraryStorage storage) {
        int colon = tag.indexOf(':');
        Optional<Long> inCategory = colon < 0
                ? Optional.empty()
                : storage
                        .curation()
                        .named(tag.substring(0, colon), tag.substring(colon + 1).strip())
                        .stream()
                        .findFirst();
        return inCategory.or(() -> storage.tags().named(tag).map(named -> named.id()));
    }

    boolean isEmpty() {
        return words.isEmpty() && status.isEmpty() && source.isEmpty() && tag.isEmpty() && language.isEmpty();
    }

    /** Returns the parameters of an address with this filter, without those that are empty. */
    public String parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("words", words);
        parameters.put("status", status);
        parameters.put("source", source);
        parameters.put("tag", tag);
        parameters.put("language", language);
        parameters.put("sort", sort);
        return parameters.entrySet().stream()
                .filter(parameter -> !parameter.getValue().isEmpty())
                .map(parameter -> parameter.getKey() + "=" + UrlEncoding.parameter(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }
}
