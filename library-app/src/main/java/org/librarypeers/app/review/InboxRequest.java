package org.librarypeers.app.review;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.http.UrlEncoding;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.TextCut;
import org.librarypeers.sync.catalogue.CatalogueTag;
import org.librarypeers.sync.catalogue.TagRepository;
import org.librarypeers.sync.storage.InboxFilter;
import org.librarypeers.sync.storage.InboxFilter.Kind;
import org.librarypeers.sync.storage.InboxOrder;
import org.librarypeers.sync.storage.Source;

/**
 * The part of the inbox that an address requests.
 *
 * @param kind the kind of review
 * @param peer the number of a peer, or {@code here}; empty for all
 * @param tag the name or slug of a tag; empty for all
 * @param tagKnown whether the tag exists, or none is requested
 * @param language a language code; empty for all
 * @param text the words that a resource must contain; empty for all
 * @param order the order of the list
 * @param after the resource after which the shown page of the list begins; null for the first page
 * @param inPanes whether the list is shown beside a resource
 * @param filter the same filter for the storage
 */
public record InboxRequest(
        Kind kind,
        String peer,
        String tag,
        boolean tagKnown,
        String language,
        String text,
        InboxOrder order,
        @Nullable Guid after,
        boolean inPanes,
        InboxFilter filter) {

    /** The orders that a reviewer can choose. */
    public static final List<InboxOrder> ORDERS = List.of(InboxOrder.NEWEST, InboxOrder.SOURCE, InboxOrder.TITLE);

    private static final int MAX_TEXT = 200;

    /** The id of a tag that does not exist. Filtering by it finds nothing. */
    private static final long NO_TAG = -1;

    private static final int MAX_DIGITS = 15;

    /** Reads the request from the address. Invalid values are ignored. */
    static InboxRequest of(Visit visit, TagRepository tags) {
        String tag = visit.parameter("tag");
        Optional<CatalogueTag> found = tag.isEmpty() ? Optional.empty() : tag(tag, tags);
        boolean known = tag.isEmpty() || found.isPresent();
        Source source = source(visit.parameter("peer"));
        String language = visit.parameter("language");
        String text = TextCut.start(visit.parameter("q"), MAX_TEXT);
        return new InboxRequest(
                kind(visit.parameter("kind")),
                source == null ? "" : visit.parameter("peer"),
                tag,
                known,
                language,
                text,
                order(visit.parameter("sort")),
                Guid.parse(visit.parameter("after")).orElse(null),
                visit.ctx().path().equals("/review") || visit.parameter("panes").equals("1"),
                new InboxFilter(
                        source,
                        found.map(CatalogueTag::id).orElse(known ? null : NO_TAG),
                        language.isEmpty() ? null : language.toLowerCase(Locale.ROOT),
                        text));
    }

    private static InboxOrder order(String word) {
        return ORDERS.stream()
                .filter(order -> word(order).equals(word))
                .findFirst()
                .orElse(InboxOrder.NEWEST);
    }

    /** Returns the word for an order in addresses and message keys. */
    public static String word(InboxOrder order) {
        return order.name().toLowerCase(Locale.ROOT);
    }

    private static Optional<CatalogueTag> tag(String text, TagRepository tags) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            return Optional.empty();
        }
        return Slug.parse(text).flatMap(tags::find).or(() -> tags.named(text));
    }

    private static @Nullable Source source(String text) {
        if (text.equals("here")) {
            return new Source.Here();
        }
        boolean number = text.length() <= MAX_DIGITS && text.matches("[1-9][0-9]*");
        return number ? new Source.Followed(new PeerId(Long.parseLong(text))) : null;
    }

    /** Returns the word for a kind in addresses and message keys: {@code pending}, {@code changed} or {@code withdrawn}. */
    public static String word(Kind kind) {
        return switch (kind) {
            case PENDING -> "pending";
            case CHANGED_UPSTREAM -> "changed";
            case WITHDRAWN -> "withdrawn";
        };
    }

    private static Kind kind(String word) {
        for (Kind kind : Kind.values()) {
            if (word(kind).equals(word)) {
                return kind;
            }
        }
        return Kind.PENDING;
    }

    /** Returns the word for the kind of this request. */
    public String word() {
        return word(kind);
    }

    /** Returns whether a filter is set. */
    public boolean isFiltered() {
        return !InboxFilter.ALL.equals(filter);
    }

    /** Returns this request for the first page of another kind. */
    public InboxRequest of(Kind another) {
        return new InboxRequest(another, peer, tag, tagKnown, language, text, order, null, inPanes, filter);
    }

    /** Returns this request for the first page of another tag. */
    InboxRequest tagged(Slug another) {
        return new InboxRequest(kind, peer, another.value(), true, language, text, order, null, inPanes, filter);
    }

    /** Returns this request for the page that begins after a resource; null for the first page. */
    InboxRequest from(@Nullable Guid last) {
        return new InboxRequest(kind, peer, tag, tagKnown, language, text, order, last, inPanes, filter);
    }

    /** Returns the address of the first page of the list. */
    public String address() {
        return address("", null);
    }

    /** Returns the address of the shown page of the list. */
    public String here() {
        return address("after", after);
    }

    /**
     * Returns the address of the page that begins after or ends before a resource.
     *
     * @param direction {@code after} or {@code before}
     * @param guid the resource; null for the first page
     */
    String address(String direction, @Nullable Guid guid) {
        Map<String, String> all = parameters();
        if (guid != null) {
            all.put(direction, guid.toString());
        }
        return "/review?" + UrlEncoding.query(all);
    }

    /** Returns the address at which a resource is read: beside the list, or on a page of its own. */
    public String address(Guid guid) {
        Map<String, String> all = parameters();
        if (!inPanes) {
            return "/review/" + guid + "?" + UrlEncoding.query(all);
        }
        all.put("after", after == null ? "" : after.toString());
        all.put("item", guid.toString());
        return "/review?" + UrlEncoding.query(all);
    }

    /** Returns the address to which the decision on a resource is sent. */
    String action(Guid guid) {
        Map<String, String> all = parameters();
        if (inPanes) {
            all.put("after", after == null ? "" : after.toString());
            all.put("panes", "1");
        }
        return "/review/" + guid + "?" + UrlEncoding.query(all);
    }

    /** Returns the parameters of the address of the list. Empty ones may be left out. */
    Map<String, String> parameters() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("kind", word());
        all.put("peer", peer);
        all.put("tag", tag);
        all.put("language", language);
        all.put("q", text);
        all.put("sort", order == InboxOrder.NEWEST ? "" : word(order));
        return all;
    }
}
