package org.librarypeers.app.reader;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.librarypeers.sync.catalogue.BrowseQuery;
import org.librarypeers.sync.catalogue.BrowseQuery.Matching;
import org.librarypeers.sync.catalogue.BrowseQuery.Order;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.FacetedEntries;
import org.librarypeers.sync.catalogue.Facets;
import org.librarypeers.sync.catalogue.SearchWord;
import org.librarypeers.sync.storage.Slice;

/**
 * A page of search results.
 *
 * @param query the query that found them
 * @param entries the page of results
 * @param facets the facets of all results
 * @param corrected the words with corrected spelling; null if the words were not corrected
 * @param any whether no resource has all words, so that those with any of them are shown
 */
record SearchResults(
        BrowseQuery query,
        Slice<CatalogueEntry> entries,
        Facets facets,
        @Nullable String corrected,
        boolean any) {

    /** Returns the results of a query that finds nothing. */
    static SearchResults none(BrowseQuery query) {
        return new SearchResults(
                query, new Slice<>(List.of(), 0, true), new Facets(List.of(), List.of(), List.of()), null, false);
    }

    /**
     * Searches for all words. If no resource has them, searches for the words with corrected spelling, and at last for any of the
     * words. An exact search only does the first.
     *
     * @param page the number of the page, from 1
     */
    static SearchResults of(Catalogue catalogue, SearchFilters filters, BrowseQuery query, int page) {
        Order order = filters.newest() ? Order.NEWEST_FIRST : Order.BEST_FIRST;
        SearchResults exact = of(catalogue, query, null, order, page);
        if (!exact.isEmpty() || query.words().isBlank() || filters.exact()) {
            return exact;
        }
        String corrected = catalogue.corrected(query.words()).orElse(null);
        BrowseQuery meant = corrected == null ? query : query.holding(corrected);
        if (corrected != null) {
            SearchResults found = of(catalogue, meant, corrected, order, page);
            if (!found.isEmpty()) {
                return found;
            }
        }
        if (SearchWord.of(meant.words()).stream().distinct().count() > 1) {
            SearchResults found = of(catalogue, meant.matching(Matching.ANY_WORD), corrected, order, page);
            if (!found.isEmpty()) {
                return found;
            }
        }
        return exact;
    }

    private static SearchResults of(
            Catalogue catalogue, BrowseQuery query, @Nullable String corrected, Order order, int page) {
        FacetedEntries found = catalogue.browseWithFacets(query, order, Pager.offset(page), Pager.SIZE);
        Facets facets =
                query.equals(BrowseQuery.APPROVED) ? found.facets().with(catalogue.materials()) : found.facets();
        return new SearchResults(query, found.entries(), facets, corrected, query.matching() == Matching.ANY_WORD);
    }

    private boolean isEmpty() {
        return entries.total() == 0;
    }
}
