package org.librarypeers.app.users;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.audit.AuditAction;
import org.librarypeers.app.http.UrlEncoding;
import org.librarypeers.app.web.PageRoutes;
import org.librarypeers.app.web.Visit;
import org.librarypeers.app.web.Wording;
import org.librarypeers.domain.Role;
import org.librarypeers.sync.accounts.AuditEntry;
import org.librarypeers.sync.accounts.AuditEntry.Subject;
import org.librarypeers.sync.accounts.AuditLog;
import org.librarypeers.sync.library.LibraryStorage;

/** The page that shows what administrators and reviewers did. */
public final class AuditPages {

    private static final int PAGE = 50;
    private static final String ADDRESS = "/audit";

    /** The details whose values are words with a translation, with the prefix of its key. */
    private static final Map<String, String> TRANSLATED = Map.of(
            "role", "users.role.", "from", "users.role.", "to", "users.role.", "publication", "peers.publication.");

    /** The details whose values are field names. */
    private static final String FIELDS = "fields";

    private final LibraryStorage storage;

    /** Creates the page on this storage. */
    public AuditPages(LibraryStorage storage) {
        this.storage = storage;
    }

    /** Adds this page to the routes. */
    public void routes(PageRoutes routes) {
        routes.get(ADDRESS, Role.ADMIN, this::show);
    }

    /**
     * An entry as text.
     *
     * @param at the time
     * @param actor who acted
     * @param address the address of the client; null for a command, or if it was deleted
     * @param action what was done
     * @param subject what it was applied to; null for the library as a whole
     * @param link the address of the page about the subject; null if no page shows it
     * @param details further facts; may be empty
     */
    public record EntryView(
            Instant at,
            String actor,
            @Nullable String address,
            String action,
            @Nullable String subject,
            @Nullable String link,
            String details) {}

    private void show(Visit visit) {
        String actor = visit.parameter("actor");
        String action = AuditAction.words().contains(visit.parameter("action")) ? visit.parameter("action") : "";
        AuditLog.Filter filter =
                new AuditLog.Filter(actor.isEmpty() ? null : actor, action.isEmpty() ? null : action, null);
        // One more than is shown, to detect older ones.
        List<AuditEntry> found = storage.audit().find(filter, before(visit).orElse(null), PAGE + 1);
        List<AuditEntry> shown = found.subList(0, Math.min(found.size(), PAGE));
        Set<String> peers =
                storage.peers().all().stream().map(peer -> peer.id().toString()).collect(Collectors.toSet());
        String chosen = "actor=" + UrlEncoding.parameter(actor) + "&action=" + action;
        Map<String, Object> values = new HashMap<>();
        values.put(
                "entries",
                shown.stream().map(entry -> view(visit, entry, peers)).toList());
        values.put("actor", actor);
        values.put("action", action);
        values.put("actions", AuditAction.words());
        values.put(
                "names",
                storage.accounts().all().stream()
                        .filter(account -> account.role().includes(Role.REVIEWER))
                        .map(account -> account.name().value())
                        .toList());
        values.put("newest", before(visit).isPresent() ? ADDRESS + "?" + chosen : null);
        values.put(
                "older",
                found.size() > PAGE
                        ? ADDRESS + "?" + chosen + "&before="
                                + shown.get(PAGE - 1).id()
                        : null);
        visit.render("users/audit", values);
    }

    private static Optional<Long> before(Visit visit) {
        String number = visit.parameter("before");
        return number.matches("[1-9]\\d{0,17}") ? Optional.of(Long.valueOf(number)) : Optional.empty();
    }

    private static EntryView view(Visit visit, AuditEntry entry, Set<String> peers) {
        Subject subject = entry.subject();
        boolean isCommand = entry.actor().kind() == AuditEntry.Actor.Kind.COMMAND_LINE;
        return new EntryView(
                entry.at(),
                isCommand
                        ? visit.say("audit.command", entry.actor().name())
                        : entry.actor().name(),
                entry.address(),
                AuditAction.words().contains(entry.action())
                        ? visit.say("audit.action." + entry.action())
                        : entry.action(),
                subject == null ? null : subject.name() == null ? subject.id() : subject.name(),
                subject == null ? null : link(subject, peers),
                details(visit, entry.details()));
    }

    private static @Nullable String link(Subject subject, Set<String> peers) {
        return switch (subject.kind()) {
            case "user" -> "/users/" + Wording.pathPart(subject.id());
            case "setting" -> "/settings";
            case "report" -> "/review/reports/" + Wording.pathPart(subject.id());
            case "resource" -> "/resources/" + Wording.pathPart(subject.id()) + "/history";
            case "peer" -> peers.contains(subject.id()) ? "/peers/" + subject.id() : null;
            default -> null;
        };
    }

    private static String details(Visit visit, Map<String, String> details) {
        List<String> texts = new ArrayList<>();
        details.forEach((name, value) -> {
            String key = "audit.detail." + name;
            texts.add((visit.words().has(key) ? visit.say(key) : name) + ": " + value(visit, name, value));
        });
        return String.join(" · ", texts);
    }

    private static String value(Visit visit, String name, String value) {
        if (name.equals(FIELDS)) {
            return List.of(value.split(", ")).stream()
                    .map(field -> translated(visit, "audit.field." + field, field))
                    .collect(Collectors.joining(", "));
        }
        if (value.equals("true") || value.equals("false")) {
            return visit.say("audit.is." + value);
        }
        String prefix = TRANSLATED.get(name);
        return prefix == null ? value : translated(visit, prefix + value, value);
    }

    private static String translated(Visit visit, String key, String otherwise) {
        return visit.words().has(key) ? visit.say(key) : otherwise;
    }
}
