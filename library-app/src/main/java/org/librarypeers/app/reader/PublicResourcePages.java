package org.librarypeers.app.reader;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.files.CarriedFiles;
import org.librarypeers.app.pictures.NamedPictures;
import org.librarypeers.app.reader.ResourceView.Html;
import org.librarypeers.app.reader.ResourceView.ResourceProvenance;
import org.librarypeers.app.reader.ResourceView.ShownAttachment;
import org.librarypeers.app.reader.ResourceView.StaffLinks;
import org.librarypeers.app.reader.ResourceView.TagGroup;
import org.librarypeers.app.web.Excerpt;
import org.librarypeers.app.web.PagePictures;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.SafeHtml;
import org.librarypeers.app.web.Visit;
import org.librarypeers.app.web.Wording.Text;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.AttachmentKind;
import org.librarypeers.domain.BornOn;
import org.librarypeers.domain.LocalizedText;
import org.librarypeers.domain.MaterialType;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.Slug;
import org.librarypeers.domain.Status;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.Viewer;
import org.librarypeers.sync.curation.DuplicateRepository;
import org.librarypeers.sync.library.ReadAccess;

/** The public page of a resource, and redirects from the addresses that existing sites use. */
public final class PublicResourcePages {

    private static final int LONGEST_SUMMARY = 200;
    private static final int LONGEST_NAME = 120;
    private static final int KEY_LENGTH = 8;
    private static final int MOST_RELATED = 6;
    private static final Set<MaterialType> PREVIEWED = Set.of(MaterialType.PDF, MaterialType.VIDEO, MaterialType.AUDIO);
    private static final Set<String> LICENSES = Set.of("license", "licence");

    private static final int MOST_REDIRECTS = 10;

    private final DuplicateRepository duplicates;
    private final UnaryOperator<Set<String>> deadLinks;
    private final CarriedFiles carried;
    private final Clock clock;

    /**
     * Creates the pages with these services.
     *
     * @param deadLinks returns the dead ones among these addresses
     * @param carried the files that bundles brought
     */
    public PublicResourcePages(
            DuplicateRepository duplicates, UnaryOperator<Set<String>> deadLinks, CarriedFiles carried, Clock clock) {
        this.duplicates = duplicates;
        this.deadLinks = deadLinks;
        this.carried = carried;
        this.clock = clock;
    }

    /** Adds these pages to the routes. */
    public void routes(PageRoutes routes) {
        routes.get("/resource/{slug}", this::resource);
        moved(routes, "/resource/{slug}/", "/resource/");
        moved(routes, "/resource/view/{slug}", "/resource/");
        moved(routes, "/resource/view/{slug}/", "/resource/");
        moved(routes, "/tag/{slug}/", "/tag/");
        moved(routes, "/tag/view/{slug}", "/tag/");
        moved(routes, "/tag/view/{slug}/", "/tag/");
    }

    /** Adds a permanent redirect from an old address. */
    private static void moved(PageRoutes routes, String from, String to) {
        routes.get(from, visit -> {
            Optional<Slug> slug = slug(visit);
            if (slug.isEmpty()) {
                visit.notFound();
            } else {
                visit.go(to + slug.get());
                visit.ctx().status(301);
            }
        });
    }

    private static Optional<Slug> slug(Visit visit) {
        try {
            return Optional.of(new Slug(visit.ctx().pathParam("slug")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void resource(Visit visit) {
        // A link that somebody has just passed on must work, even if the replica does not know the resource yet.
        Optional<CatalogueEntry> entry =
                find(visit, visit.reads()).or(() -> visit.fresherReads().flatMap(reads -> find(visit, reads)));
        if (entry.isEmpty()) {
            redirect(visit);
        } else {
            render(visit, entry.get());
        }
    }

    /** Leads readers from a resource that was archived in favour of another one to that one. */
    private void redirect(Visit visit) {
        Catalogue catalogue = visit.currentReads().catalogue();
        Optional<CatalogueEntry> entry = slug(visit).flatMap(catalogue::find);
        for (int i = 0; i < MOST_REDIRECTS && entry.isPresent() && !isPublic(entry.get()); i++) {
            entry = duplicates
                    .redirect(entry.get().resource().guid())
                    .flatMap(redirect -> catalogue.find(redirect.to()));
        }
        Optional<CatalogueEntry> target = entry.filter(PublicResourcePages::isPublic);
        if (target.isEmpty()) {
            visit.notFound();
        } else {
            visit.go("/resource/" + target.get().resource().slug());
            visit.ctx().status(301);
        }
    }

    private static boolean isPublic(CatalogueEntry entry) {
        return entry.resource().status() == Status.APPROVED;
    }

    private void render(Visit visit, CatalogueEntry entry) {
        ResourceView view = view(visit, entry);
        Map<String, Object> values = new HashMap<>(Map.of("resource", view));
        Resource resource = entry.resource();
        if (resource.status() == Status.APPROVED) {
            Citation citation = citation(visit, resource, view);
            LocalDate today = LocalDate.now(clock.withZone(ZoneOffset.UTC));
            values.put("learningResource", new LearningResource(resource, view, visit::absolute, visit.libraryName()));
            values.put("citation", citation.text(today));
            values.put("bibtex", citation.bibtex(today));
            values.put("related", related(visit, entry));
        }
        visit.render("reader/resource", values);
    }

    private List<Card.TagLink> related(Visit visit, CatalogueEntry entry) {
        ReadingLanguages any = new ReadingLanguages(visit, null);
        return visit.reads().catalogue().related(entry, MOST_RELATED).stream()
                .map(resource -> {
                    Text title =
                            any.of(resource.content()).text(resource.content().title());
                    return new Card.TagLink(
                            new Text(title.language(), Excerpt.of(title.value(), LONGEST_NAME)),
                            "/resource/" + resource.slug());
                })
                .toList();
    }

    private static Citation citation(Visit visit, Resource resource, ResourceView view) {
        String credited = view.attribution().value().replaceAll("\\s+", " ").strip();
        String maker = view.provenance().maker();
        String author = !credited.isBlank() ? credited : maker != null ? maker : visit.libraryName();
        BornOn born = resource.content().bornOn();
        return new Citation(
                Excerpt.of(author, LONGEST_SUMMARY),
                view.title().value(),
                view.title().language(),
                visit.libraryName(),
                born == null ? null : born.time().getYear(),
                visit.absolute(view.path()),
                "resource-" + resource.guid().toString().substring(0, KEY_LENGTH));
    }

    private static Optional<CatalogueEntry> find(Visit visit, ReadAccess reads) {
        Account account = visit.account();
        Viewer viewer = account == null ? Viewer.PUBLIC : Viewer.of(account);
        return slug(visit).flatMap(slug -> reads.catalogue().find(slug)).filter(viewer::sees);
    }

    private ResourceView view(Visit visit, CatalogueEntry entry) {
        Resource resource = entry.resource();
        ResourceContent content = resource.content();
        String requested = SearchFilters.language(visit.parameter("language"));
        String chosen = requested != null && content.title().in(requested).isPresent() ? requested : null;
        ReadingLanguages reading = new ReadingLanguages(visit, null).of(content).first(chosen);
        String path = "/resource/" + resource.slug();
        Text title = reading.text(content.title());
        Text description = reading.text(content.description());
        String base = NamedPictures.base(resource);
        PagePictures pictures = visit.pictures(NamedPictures.of(content, base));
        String summary = Excerpt.ofHtml(description.value(), LONGEST_SUMMARY);
        Map<Boolean, List<TagGroup>> tags = tags(entry, reading);
        Optional<Peer> source = source(visit, resource);
        List<ShownAttachment> attachments = attachments(visit, content, reading, source.orElse(null));
        return new ResourceView(
                path,
                chosen == null ? path : path + "?language=" + chosen,
                title,
                new Html(
                        description.language(),
                        description.direction(),
                        SafeHtml.clean(description.value(), pictures, base)),
                summary.isEmpty() ? null : summary,
                pictures.large(content.image()),
                reading.text(content.attribution()),
                visit.words().studyTime(content.studyTime()),
                content.bornOn() == null ? null : visit.words().date(content.bornOn()),
                visit.day(resource.updated()),
                tags.getOrDefault(true, List.of()).stream()
                        .flatMap(group -> group.tags().stream())
                        .toList(),
                tags.getOrDefault(false, List.of()),
                attachments,
                attachments.stream()
                        .filter(attachment -> attachment.address() != null && !attachment.isDead())
                        .findFirst()
                        .orElse(null),
                languages(visit, content.title(), title, path),
                provenance(visit, resource, source.orElse(null)),
                place(visit, entry));
    }

    /** Returns the tags grouped by category: the license tags under {@code true}, all others under {@code false}. */
    private static Map<Boolean, List<TagGroup>> tags(CatalogueEntry entry, ReadingLanguages reading) {
        List<Card.TagLink> links = Card.tags(entry, reading);
        Map<String, TagGroup> byCategory = new LinkedHashMap<>();
        for (int i = 0; i < links.size(); i++) {
            Tag tag = entry.resource().content().tags().get(i);
            byCategory
                    .computeIfAbsent(tag.category(), category -> new TagGroup(reading.category(tag), new ArrayList<>()))
                    .tags()
                    .add(links.get(i));
        }
        Map<Boolean, List<TagGroup>> all = new LinkedHashMap<>();
        byCategory.forEach((category, group) -> all.computeIfAbsent(
                        LICENSES.contains(category.toLowerCase(Locale.ROOT)), license -> new ArrayList<>())
                .add(group));
        return all;
    }

    /** Returns the attachments, files before links. */
    private List<ShownAttachment> attachments(
            Visit visit, ResourceContent content, ReadingLanguages reading, @Nullable Peer source) {
        Set<String> dead = deadLinks.apply(
                content.attachments().stream().map(Attachment::url).collect(Collectors.toSet()));
        return content.attachments().stream()
                .sorted(Comparator.comparing(Attachment::kind).reversed())
                .map(attachment -> {
                    String here = carried.path(source, attachment.url()).orElse(null);
                    return attachment(visit, attachment, reading, here, dead.contains(attachment.url()));
                })
                .toList();
    }

    /**
     * Returns an attachment as it is shown.
     *
     * @param here the path at which this library serves a file of another one; null if it does not have it
     */
    private static ShownAttachment attachment(
            Visit visit, Attachment attachment, ReadingLanguages reading, @Nullable String here, boolean isDead) {
        String url = attachment.url();
        Text title = reading.text(attachment.title());
        String host = MaterialType.host(url);
        String untitled = host.isEmpty() ? url : host;
        String name = title.value().isEmpty() ? untitled : title.value();
        MaterialType kind = MaterialType.of(attachment);
        String address = SafeHtml.address(here == null ? url : here);
        return new ShownAttachment(
                new Text(title.language(), Excerpt.of(name, LONGEST_NAME)),
                reading.text(attachment.description()),
                address,
                Excerpt.of(url, LONGEST_NAME),
                visit.say("reader.kind." + kind.word()),
                attachment.sizeBytes() > 0 ? visit.words().size(attachment.sizeBytes()) : "",
                name.equals(host) ? "" : host,
                attachment.kind() == AttachmentKind.FILE,
                address != null && address.startsWith("/media/") && PREVIEWED.contains(kind) ? kind.word() : null,
                isDead && here == null);
    }

    private static List<ResourceView.Language> languages(Visit visit, LocalizedText titles, Text read, String path) {
        return titles.languages().stream()
                .map(code -> new ResourceView.Language(
                        code,
                        visit.words().languageName(code),
                        path + "?language=" + code,
                        code.equals(read.language())))
                .toList();
    }

    /** Returns the peer that the resource follows. Empty if it was made here. */
    private static Optional<Peer> source(Visit visit, Resource resource) {
        return resource.origin() instanceof Origin.FromPeer from
                ? visit.reads().peers().findIncludingRemoved(from.peer())
                : Optional.empty();
    }

    private static ResourceProvenance provenance(Visit visit, Resource resource, @Nullable Peer followed) {
        String since = visit.day(resource.created());
        if (!(resource.origin() instanceof Origin.FromPeer source)) {
            return new ResourceProvenance(null, null, "", null, 0, since);
        }
        String address = SafeHtml.address(source.sourceUrl());
        String through = Optional.ofNullable(followed)
                .filter(peer -> !peer.access().isAt(source.sourceHost()))
                .map(Peer::name)
                .orElse(null);
        // The route has the maker, if it knows it, and the peer; what is between them has no name here.
        int between =
                through == null ? 0 : Math.max(0, source.route().libraries().size() - 2);
        return new ResourceProvenance(
                Excerpt.of(source.sourceName(), LONGEST_NAME),
                address,
                address == null ? "" : MaterialType.host(address),
                through,
                between,
                since);
    }

    private static StaffLinks place(Visit visit, CatalogueEntry entry) {
        Resource resource = entry.resource();
        Account account = visit.account();
        boolean isOwn = account != null && account.name().equals(entry.creator());
        boolean edits = visit.may(Role.REVIEWER) || (visit.may(Role.CONTRIBUTOR) && isOwn);
        boolean waits = resource.status() == Status.PENDING || resource.isChangedUpstream();
        String path = "/resources/" + resource.guid();
        return new StaffLinks(
                resource.status() == Status.APPROVED ? null : resource.status().word(),
                edits ? path + "/edit" : null,
                edits ? path + "/history" : null,
                waits && visit.may(Role.REVIEWER) ? "/review/" + resource.guid() : null);
    }
}
