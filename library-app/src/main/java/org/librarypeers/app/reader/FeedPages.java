package org.librarypeers.app.reader;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.http.EntityTag;
import org.librarypeers.app.web.Excerpt;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.SafeHtml;
import org.librarypeers.app.web.Visit;
import org.librarypeers.app.web.Wording.Text;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.domain.MaterialType;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Slug;
import org.librarypeers.sync.catalogue.BrowseQuery.Order;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CatalogueTag;
import org.librarypeers.sync.library.ReadAccess;
import org.librarypeers.sync.storage.Slice;

/** The feeds of the latest resources, as Atom and as RSS: of all resources, or of those that a search with words or filters finds. */
public final class FeedPages {

    private static final int LATEST = 30;
    private static final int LONGEST_TITLE = 300;
    private static final int LONGEST_SUMMARY = 500;
    private static final Duration SETTLED = Duration.ofSeconds(2);

    /**
     * The HTTP date format. It differs from {@link DateTimeFormatter#RFC_1123_DATE_TIME} in that the day always has two digits.
     */
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final LibraryId libraryId;
    private final Clock clock;

    /** Creates the pages with these services. */
    public FeedPages(LibraryId libraryId, Clock clock) {
        this.libraryId = libraryId;
        this.clock = clock;
    }

    /** Adds these pages to the routes. */
    public void routes(PageRoutes routes) {
        routes.get("/feed.atom", visit -> {
            Optional<Feed> feed = feed(visit);
            if (feed.isPresent()) {
                answer(visit.ctx(), feed.get().atom(), "application/atom+xml", feed.get());
            }
        });
        routes.get("/feed.rss", visit -> {
            Optional<Feed> feed = feed(visit);
            if (feed.isPresent()) {
                answer(visit.ctx(), feed.get().rss(), "application/rss+xml", feed.get());
            }
        });
    }

    /**
     * Returns a page of the requested feed. If a tag or the language does not exist, or nothing is on the page, sends a 404 and
     * returns an empty {@code Optional}.
     */
    private Optional<Feed> feed(Visit visit) {
        // Current, because a program that remembers the date of a feed would miss a change that shows up later.
        ReadAccess reads = visit.currentReads();
        SearchFilters filters = SearchFilters.read(visit);
        List<CatalogueTag> tags = filters.tags().stream()
                .flatMap(slug -> Slug.parse(slug).flatMap(known -> reads.tags().find(known)).stream())
                .toList();
        int page = Pager.requested(visit);
        if (!isKnown(visit, filters) || tags.size() < filters.tags().size()) {
            visit.notFound();
            return Optional.empty();
        }
        Slice<CatalogueEntry> entries =
                reads.catalogue().browse(filters.query(tags), Order.NEWEST_FIRST, (page - 1) * LATEST, LATEST);
        // A tag that only unpublished resources have is not public either.
        boolean mayBeEmpty = page == 1 && tags.isEmpty();
        if (entries.items().isEmpty() && !mayBeEmpty) {
            visit.notFound();
            return Optional.empty();
        }
        ReadingLanguages reading = new ReadingLanguages(visit, filters.language());
        return Optional.of(feed(visit, reading, filters, tags, page, entries));
    }

    /** Returns whether the address has no filter that was ignored. The feed would have more than its reader expects. */
    private static boolean isKnown(Visit visit, SearchFilters filters) {
        return (filters.language() != null || visit.parameter("language").isEmpty())
                && (filters.type() != null || visit.parameter("type").isEmpty())
                && (filters.time() != null || visit.parameter("time").isEmpty());
    }

    private Feed feed(
            Visit visit,
            ReadingLanguages reading,
            SearchFilters filters,
            List<CatalogueTag> tags,
            int page,
            Slice<CatalogueEntry> entries) {
        boolean all = !filters.narrow() && filters.words().isEmpty();
        String search = all ? "/" : filters.feed("/search", 1);
        String path = visit.ctx().path();
        String subject = subject(visit, reading, filters, tags);
        return new Feed(
                UUID.nameUUIDFromBytes((libraryId + search).getBytes(StandardCharsets.UTF_8)),
                subject.isEmpty() ? visit.libraryName() : visit.libraryName() + ": " + subject,
                visit.say("reader.feed", visit.libraryName()),
                filters.language() == null ? visit.words().language() : filters.language(),
                visit.absolute(search),
                visit.absolute(filters.feed(path, page)),
                page == 1 ? null : visit.absolute(filters.feed(path, page - 1)),
                entries.last() ? null : visit.absolute(filters.feed(path, page + 1)),
                entries.items().stream()
                        .map(entry -> entry.resource().updated())
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.EPOCH),
                entries.items().stream()
                        .map(entry -> item(visit, reading, entry))
                        .toList());
    }

    /** Returns the words and filters of a feed for its title; empty for the feed of all resources. */
    private static String subject(
            Visit visit, ReadingLanguages reading, SearchFilters filters, List<CatalogueTag> tags) {
        List<String> parts = new ArrayList<>();
        if (!filters.words().isEmpty()) {
            parts.add(filters.words());
        }
        tags.forEach(tag -> parts.add(reading.name(tag.tag()).value()));
        if (filters.type() != null) {
            parts.add(FilterChoices.typeName(filters.type(), visit.words()).value());
        }
        if (filters.time() != null) {
            parts.add(FilterChoices.rangeName(filters.time(), visit.words()).value());
        }
        if (filters.language() != null) {
            parts.add(visit.words().languageName(filters.language()));
        }
        if (filters.source() != null) {
            parts.add(
                    filters.source().equals(SearchFilters.HERE)
                            ? visit.say("reader.here")
                            : MaterialType.host(filters.source()).isEmpty()
                                    ? filters.source()
                                    : MaterialType.host(filters.source()));
        }
        return String.join(", ", parts);
    }

    private static Feed.FeedEntry item(Visit visit, ReadingLanguages any, CatalogueEntry entry) {
        Resource resource = entry.resource();
        ReadingLanguages reading = any.of(resource.content());
        Text title = reading.text(resource.content().title());
        boolean isFromPeer = resource.origin() instanceof Origin.FromPeer;
        return new Feed.FeedEntry(
                resource.guid().value(),
                Excerpt.of(title.value(), LONGEST_TITLE),
                title.language(),
                visit.absolute("/resource/" + resource.slug()),
                resource.created(),
                resource.updated(),
                resource.origin() instanceof Origin.FromPeer source ? source.sourceName() : visit.libraryName(),
                isFromPeer ? original((Origin.FromPeer) resource.origin()) : null,
                reading.excerpt(resource.content().description(), LONGEST_SUMMARY)
                        .value(),
                IntStream.range(0, entry.taggings().size())
                        .mapToObj(i -> new Feed.Category(
                                entry.taggings().get(i).slug().value(),
                                reading.name(resource.content().tags().get(i)).value()))
                        .toList());
    }

    private static @Nullable String original(Origin.FromPeer source) {
        String address = SafeHtml.address(source.sourceUrl());
        return address != null && address.startsWith("http") ? address : null;
    }

    private void answer(Context ctx, byte[] bytes, String type, Feed feed) {
        EntityTag tag = EntityTag.weak(bytes);
        String modified = HTTP_DATE.format(feed.updated());
        ctx.header("ETag", tag.value());
        // The header has a resolution of one second, so a very recent resource could change again without a new date.
        if (feed.updated().isBefore(clock.instant().minus(SETTLED))) {
            ctx.header("Last-Modified", modified);
        }
        if (isKnown(ctx, tag, modified)) {
            ctx.status(304);
            return;
        }
        ctx.contentType(type + "; charset=utf-8");
        ctx.result(bytes);
    }

    /**
     * Returns whether the client already has this response. Dates are compared for equality, because the date of the latest
     * change moves back when its resource is no longer public.
     */
    private static boolean isKnown(Context ctx, EntityTag tag, String modified) {
        String known = ctx.header("If-None-Match");
        return known == null ? modified.equals(ctx.header("If-Modified-Since")) : tag.isAmong(known);
    }
}
