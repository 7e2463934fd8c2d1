package org.librarypeers.app.curation;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.audit.AuditAction;
import org.librarypeers.app.audit.AuditTrail;
import org.librarypeers.app.http.PageNumber;
import org.librarypeers.app.web.FormData;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.TagRule;
import org.librarypeers.domain.TagRuleKey;
import org.librarypeers.sync.accounts.AuditEntry.Subject;
import org.librarypeers.sync.curation.CuratedCategory;
import org.librarypeers.sync.curation.Curation;
import org.librarypeers.sync.curation.CurationService;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.Slice;
import org.librarypeers.sync.storage.TagRuleRepository.SavedRule;

/** The pages that show the rules for categories and tags, and on which those of a peer are mapped. */
public final class MappingPages {

    /** The number of a peer's newest resources whose tags are listed. */
    private static final int RESOURCES = 10_000;

    private static final int MOST_TAGS = 100;
    private static final int RULES = 50;

    private final LibraryStorage storage;
    private final Curation curation;
    private final CurationService service;
    private final AuditTrail trail;

    /** Creates the pages with these services. */
    public MappingPages(LibraryStorage storage, CurationService service, Clock clock) {
        this.storage = storage;
        this.curation = storage.curation();
        this.service = service;
        this.trail = new AuditTrail(storage, clock);
    }

    /** Adds these pages to the routes. */
    public void routes(PageRoutes routes) {
        routes.get("/rules", Role.ADMIN, this::rules);
        routes.post("/rules/revoke", Role.ADMIN, this::revoke);
        routes.get("/peers/{id}/tags", Role.ADMIN, this::ofPeer);
        routes.post("/peers/{id}/tags", Role.ADMIN, this::map);
    }

    /**
     * A rule.
     *
     * @param peer the name of its peer; null for all resources
     * @param from what it replaces
     * @param to what takes its place
     */
    public record RuleView(TagRule rule, @Nullable String peer, String from, String to, String by, Instant at) {}

    /** A category of a peer with the most frequent of its tags. */
    public record PeerCategory(String name, List<Curation.PeerTag> tags, long count) {

        /** Copies the list. */
        public PeerCategory {
            tags = List.copyOf(tags);
        }
    }

    private static RuleView view(SavedRule saved, Map<PeerId, Peer> peers) {
        TagRule rule = saved.rule();
        Peer peer = rule.peer() == null ? null : peers.get(rule.peer());
        return new RuleView(
                rule,
                rule.peer() == null ? null : peer == null ? rule.peer().toString() : peer.name(),
                label(rule.category(), rule.name()),
                label(rule.toCategory(), rule.toName()),
                saved.by().value(),
                saved.at());
    }

    private static String label(String category, @Nullable String name) {
        return name == null ? category : category + ": " + name;
    }

    private void rules(Visit visit) {
        PageNumber page = PageNumber.of(visit.parameter("page"));
        Slice<SavedRule> slice = rules(page, null);
        List<SavedRule> shown = slice.items();
        Map<PeerId, Peer> peers = storage.peers()
                .findIncludingRemoved(shown.stream()
                        .flatMap(saved -> Optional.ofNullable(saved.rule().peer()).stream())
                        .distinct()
                        .toList());
        Map<String, Object> values = new HashMap<>();
        values.put("rules", shown.stream().map(saved -> view(saved, peers)).toList());
        values.put("total", slice.total());
        values.put("unfinished", curation.unfinished());
        values.put("previous", page.previous("/rules?page="));
        values.put("next", page.next("/rules?page=", slice.last()));
        visit.render("curation/rules", values);
    }

    /** Returns a page of the rules, the newest first: those for a peer, or all of them for null. */
    private Slice<SavedRule> rules(PageNumber page, @Nullable PeerId peer) {
        List<SavedRule> all = new ArrayList<>(storage.tagRules().all());
        if (peer != null) {
            all.removeIf(saved -> !peer.equals(saved.rule().peer()));
        }
        Collections.reverse(all);
        all.sort(Comparator.comparing(SavedRule::at).reversed());
        int from = Math.min(page.offset(RULES), all.size());
        return Slice.of(all.subList(from, Math.min(from + RULES + 1, all.size())), RULES, all.size());
    }

    private void revoke(Visit visit) {
        String peer = visit.field("peer");
        String name = visit.field("name");
        TagRuleKey key = new TagRuleKey(
                peer.matches("[1-9]\\d{0,17}") ? new PeerId(Long.parseLong(peer)) : null,
                visit.field("category"),
                name.isEmpty() ? null : name);
        boolean removed = storage.inTransaction(() -> {
            Optional<TagRule> rule = service.revoke(key, visit.signedIn().name());
            rule.ifPresent(gone -> record(AuditAction.MAPPING_REVOKED, gone));
            return rule.isPresent();
        });
        String back =
                key.peer() != null && visit.field("back").equals("peer") ? "/peers/" + key.peer() + "/tags" : "/rules";
        visit.go(back, removed ? "curation.revoked" : "curation.revoked.already");
    }

    private void record(AuditAction action, TagRule rule) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("into", label(rule.toCategory(), rule.toName()));
        if (rule.peer() != null) {
            details.put("peer", rule.peer().toString());
        }
        trail.record(new AuditTrail.Note(
                action,
                new Subject(rule.name() == null ? "category" : "tag", label(rule.category(), rule.name()), null),
                details));
    }

    private Optional<Peer> peer(Visit visit) {
        String id = visit.ctx().pathParam("id");
        return id.matches("[1-9]\\d{0,17}") ? storage.peers().find(new PeerId(Long.parseLong(id))) : Optional.empty();
    }

    private void ofPeer(Visit visit) {
        peer(visit)
                .ifPresentOrElse(
                        peer -> show(
                                visit,
                                200,
                                peer,
                                new FormData()
                                        .with("category", visit.parameter("category"))
                                        .with("name", visit.parameter("name"))),
                        visit::notFound);
    }

    private void show(Visit visit, int status, Peer peer, FormData form) {
        Map<String, List<Curation.PeerTag>> tags = new LinkedHashMap<>();
        curation.tagsOf(peer.id(), RESOURCES, MOST_TAGS)
                .forEach(counted -> tags.computeIfAbsent(
                                counted.tag().tag().tag().category(), any -> new ArrayList<>())
                        .add(counted));
        PageNumber page = PageNumber.of(visit.parameter("page"));
        Slice<SavedRule> slice = rules(page, peer.id());
        List<RuleView> rules = slice.items().stream()
                .map(saved -> view(saved, Map.of(peer.id(), peer)))
                .toList();
        Map<String, Object> values = new HashMap<>(Map.of(
                "peer",
                peer,
                "form",
                form,
                "rules",
                rules,
                "categories",
                tags.entrySet().stream()
                        .map(category -> new PeerCategory(
                                category.getKey(),
                                category.getValue(),
                                category.getValue().stream()
                                        .mapToLong(Curation.PeerTag::count)
                                        .sum()))
                        .toList(),
                "suggestions",
                curation.categories(0, MOST_TAGS).items().stream()
                        .map(CuratedCategory::name)
                        .toList(),
                "resources",
                resources(peer, form)));
        String address = "/peers/" + peer.id() + "/tags?page=";
        values.put("previous", page.previous(address));
        values.put("next", page.next(address, slice.last()));
        values.put("asks", form.isGood() && !form.value("category").isEmpty());
        visit.render(status, "curation/peer", values);
    }

    /** Returns the number of resources that a rule for what the form names would change. */
    private long resources(Peer peer, FormData form) {
        return form.value("category").isEmpty()
                ? 0
                : curation.resources(curation.named(form.value("category"), form.orNull("name")), peer.id());
    }

    private void map(Visit visit) {
        Peer peer = peer(visit).orElse(null);
        if (peer == null) {
            visit.notFound();
            return;
        }
        FormData form = FormData.read(visit, "category", "name", "to-category", "to-name");
        try {
            TagRule rule = new TagRule(
                    peer.id(),
                    form.value("category"),
                    form.orNull("name"),
                    form.value("to-category"),
                    form.orNull("name") == null ? null : form.value("to-name"));
            storage.inTransaction(() -> {
                service.map(rule, visit.signedIn().name());
                record(AuditAction.TAGS_MAPPED, rule);
            });
            visit.go("/peers/" + peer.id() + "/tags", "curation.mapped", label(rule.category(), rule.name()));
        } catch (IllegalArgumentException e) {
            form.refuse("to-category", visit.say("curation.refused"));
            show(visit, 422, peer, form);
        }
    }
}
