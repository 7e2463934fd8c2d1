package org.librarypeers.app.reader;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Slug;
import org.librarypeers.sync.catalogue.BrowseQuery;
import org.librarypeers.sync.catalogue.BrowseQuery.Order;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.CatalogueTag;
import org.librarypeers.sync.library.ReadAccess;

/** The feeds of the latest resources, as Atom and as RSS. */
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
    private final List<String> contentLanguages;
    private final Clock clock;

    /** Creates the pages with these services. */
    public FeedPages(LibraryId libraryId, List<String> contentLanguages, Clock clock) {
        this.libraryId = libraryId;
        this.contentLanguages = contentLanguages;
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

    /** Returns the requested feed. If the tag or language does not exist, sends a 404 and returns an empty {@code Optional}. */
    private Optional<Feed> feed(Visit visit) {
        // Current, because a program that remembers the date of a feed would miss a change that shows up later.
        ReadAccess reads = visit.currentReads();
        String requested = visit.parameter("language");
        String language = SearchFilters.language(requested);
        String slug = visit.parameter("tag");
        Optional<CatalogueTag> tag = slug.isEmpty() ? Optional.empty() : find(reads, slug);
        if ((!requested.isEmpty() && language == null) || (!slug.isEmpty() && tag.isEmpty())) {
            visit.notFound();
            return Optional.empty();
        }
        BrowseQuery query = BrowseQuery.APPROVED
                .in(language)
                .tagged(tag.map(known -> Set.of(known.id())).orElse(Set.of()));
        List<CatalogueEntry> entries =
                reads.catalogue().browse(query, Order.NEWEST_FIRST, 0, LATEST).items();
        if (tag.isPresent() && entries.isEmpty()) {
            // A tag that only unpublished resources have is not public either.
            visit.notFound();
            return Optional.empty();
        }
        return Optional.of(feed(
                visit, new ReadingLanguages(visit, contentLanguages, language), language, tag.orElse(null), entries));
    }

    private static Optional<CatalogueTag> find(ReadAccess reads, String slug) {
        return Slug.parse(slug).flatMap(known -> reads.tags().find(known));
    }

    private Feed feed(
            Visit visit,
            ReadingLanguages reading,
            @Nullable String language,
            @Nullable CatalogueTag tag,
            List<CatalogueEntry> entries) {
        SearchFilters filters = new SearchFilters(
                "", tag == null ? List.of() : List.of(tag.slug().value()), language, null);
        String search = filters.narrow() ? filters.address() : "/";
        String feed = visit.ctx().path() + search.replaceFirst("^[^?]*", "");
        return new Feed(
                UUID.nameUUIDFromBytes((libraryId + search).getBytes(StandardCharsets.UTF_8)),
                tag == null
                        ? visit.libraryName()
                        : visit.libraryName() + ": " + reading.name(tag.tag()).value(),
                visit.say("reader.feed", visit.libraryName()),
                language == null ? visit.words().language() : language,
                visit.absolute(search),
                visit.absolute(feed),
                entries.stream()
                        .map(entry -> entry.resource().updated())
                        .max(Comparator.naturalOrder())
                        .orElse(Instant.EPOCH),
                entries.stream().map(entry -> item(visit, reading, entry)).toList());
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
