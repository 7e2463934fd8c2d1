package org.librarypeers.app.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.audit.AuditAction;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.sync.accounts.AuditEntry;
import org.librarypeers.sync.accounts.AuditEntry.Subject;
import org.librarypeers.sync.accounts.AuditLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "audit",
        description =
                "Shows the audit log, newest first: what administrators and reviewers did on the pages, and what was"
                        + " done by commands.")
final class AuditCommand extends BaseLibraryCommand {

    private static final int PAGE = 500;

    @Option(
            names = "--since",
            paramLabel = "DATE",
            description = "Show only actions from this day or time on, in UTC: 2026-11-29 or 2026-11-29T08:30:00Z.")
    private @Nullable String since;

    @Option(
            names = "--actor",
            paramLabel = "NAME",
            description = "Show only actions of this account or user of the operating system.")
    private @Nullable String actor;

    @Option(
            names = "--action",
            paramLabel = "WORD",
            description = "Show only actions of this kind, such as peer-added.")
    private @Nullable String action;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "Maximum number of actions to show (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = "--json", description = "Print one JSON object per line.")
    private boolean json;

    @Override
    int run(Library library) {
        if (limit < 1) {
            throw new CliException("--limit is " + limit + "; it must be at least 1");
        }
        AuditLog.Filter filter = new AuditLog.Filter(actor, action == null ? null : known(action), start(since));
        AuditLog log = library.storage().audit();
        Long before = null;
        int left = limit;
        List<AuditEntry> page;
        do {
            page = log.find(filter, before, Math.min(PAGE, left));
            page.forEach(this::print);
            left -= page.size();
            before = page.isEmpty() ? null : page.get(page.size() - 1).id();
        } while (page.size() == PAGE && left > 0);
        if (left == limit && !json) {
            out().println("There are no such actions.");
        }
        return 0;
    }

    private static String known(String word) {
        if (!AuditAction.words().contains(word)) {
            throw new CliException(
                    "there is no action '" + word + "'; the actions are " + String.join(", ", AuditAction.words()));
        }
        return word;
    }

    private static @Nullable Instant start(@Nullable String date) {
        if (date == null) {
            return null;
        }
        try {
            return date.length() <= "2026-11-29".length()
                    ? LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(date);
        } catch (DateTimeException e) {
            throw new CliException(
                    "--since is '" + date + "'; write a day such as 2026-11-29, or a time such as 2026-11-29T08:30:00Z",
                    e);
        }
    }

    private void print(AuditEntry entry) {
        Subject subject = entry.subject();
        if (json) {
            json(fields(entry, subject));
            return;
        }
        String details = entry.details().entrySet().stream()
                .map(detail -> detail.getKey() + ": " + detail.getValue())
                .collect(Collectors.joining("; "));
        out().println(entry.at() + "  " + actor(entry) + "  " + entry.action()
                + (subject == null ? "" : "  " + shown(subject))
                + (details.isEmpty() ? "" : "  (" + details + ")"));
    }

    private static String actor(AuditEntry entry) {
        String name = entry.actor().kind() == AuditEntry.Actor.Kind.ACCOUNT
                ? entry.actor().name()
                : "command line of " + entry.actor().name();
        return entry.address() == null ? name : name + " from " + entry.address();
    }

    private static String shown(Subject subject) {
        return subject.kind() + " " + subject.id() + (subject.name() == null ? "" : " " + subject.name());
    }

    private static Map<String, @Nullable Object> fields(AuditEntry entry, @Nullable Subject subject) {
        Map<String, @Nullable Object> fields = fields();
        fields.put("id", entry.id());
        fields.put("at", entry.at().toString());
        fields.put("actor_kind", entry.actor().kind().word());
        fields.put("actor", entry.actor().name());
        fields.put("address", entry.address());
        fields.put("action", entry.action());
        fields.put("subject_kind", subject == null ? null : subject.kind());
        fields.put("subject", subject == null ? null : subject.id());
        fields.put("subject_name", subject == null ? null : subject.name());
        fields.put("details", entry.details());
        return fields;
    }
}
