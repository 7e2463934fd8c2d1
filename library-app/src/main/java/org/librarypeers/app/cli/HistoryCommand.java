package org.librarypeers.app.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.domain.Author;
import org.librarypeers.domain.Decision;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Revision;
import org.librarypeers.sync.Provenance;
import org.librarypeers.sync.storage.PastWithdrawal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "history",
        description = "Shows all revisions of a resource in this library, and the person or run that made each of them."
                + " Also shows the runs that marked it as withdrawn or archived it, and why.")
final class HistoryCommand extends BaseLibraryCommand {

    @Parameters(paramLabel = "GUID", description = "GUID of the resource.")
    private String guid = "";

    @Option(names = "--json", description = "Print one JSON object per line, newest revision first.")
    private boolean json;

    @Override
    int run(Library library) {
        Guid wanted = Guid.of(guid);
        Provenance.History history = library.provenance()
                .history(wanted)
                .orElseThrow(() -> new CliException("there is no resource " + wanted + "; export lists all resources"));
        List<String> languages = library.settings().languages();
        if (!json) {
            printOrigin(history);
            history.withdrawals()
                    .forEach(withdrawal -> out().println("  withdrawn by run " + withdrawal.run() + " of "
                            + peer(history, withdrawal.source()) + ", " + withdrawal.at() + ": " + reason(withdrawal)));
        }
        history.revisions().forEach(revision -> print(history, revision, languages));
        return 0;
    }

    private void printOrigin(Provenance.History history) {
        out().println(history.resource().guid() + ", "
                + history.resource().status().word());
        if (history.resource().origin() instanceof Origin.FromPeer source) {
            out().println("  follows " + peer(history, source.peer()) + "; created by " + source.sourceName() + ", "
                    + source.sourceHost());
            history.offering().stream()
                    .filter(peer -> !peer.id().equals(source.peer()))
                    .forEach(peer -> out().println("  also offered by " + peer));
        } else {
            out().println("  created here");
        }
    }

    private void print(Provenance.History history, Revision revision, List<String> languages) {
        String title = revision.content().title().best(revision.content().readingOrder(languages));
        boolean current = revision.equals(history.resource().revision());
        boolean waits = revision.equals(history.resource().revisions().waiting());
        if (!json) {
            out().println("revision " + revision.number() + ", " + revision.at() + ", by "
                    + author(history, revision.author()) + ": " + title
                    + (current ? " (current)" : waits ? " (waiting for review)" : ""));
            history.decisions().stream()
                    .filter(decision -> decision.revision() == revision.number())
                    .forEach(decision -> out().println("  " + decision(decision)));
            return;
        }
        Map<String, @Nullable Object> fields = fields();
        fields.put("guid", history.resource().guid().toString());
        fields.put("revision", revision.number());
        fields.put("current", current);
        fields.put("waits", waits);
        fields.put("at", revision.at().toString());
        fields.put(
                "author",
                revision.author() instanceof Author.Person person
                        ? person.user().value()
                        : null);
        Author.Sync sync = revision.author() instanceof Author.Sync from ? from : null;
        fields.put("peer", sync == null ? null : sync.peer().value());
        fields.put("peer_name", sync == null ? null : name(history, sync.peer()));
        fields.put("run", sync == null ? null : sync.run().value());
        fields.put("title", title);
        fields.put(
                "decisions",
                history.decisions().stream()
                        .filter(decision -> decision.revision() == revision.number())
                        .map(HistoryCommand::fields)
                        .toList());
        if (current) {
            fields.put(
                    "withdrawals",
                    history.withdrawals().stream()
                            .map(withdrawal -> withdrawal(history, withdrawal))
                            .toList());
        }
        json(fields);
    }

    private static String decision(Decision decision) {
        String made = decision.policy() == null
                ? "by " + decision.by().value()
                : "without a reviewer, by the policy " + PublicationConverter.name(decision.policy()) + " of the peer";
        return (decision.isUndo() ? "undone: " : "") + decision.status().word() + " " + made + ", " + decision.at()
                + (decision.note() == null ? "" : ": " + decision.note());
    }

    private static Map<String, @Nullable Object> fields(Decision decision) {
        Map<String, @Nullable Object> fields = fields();
        fields.put("at", decision.at().toString());
        fields.put("status", decision.status().word());
        fields.put("by", decision.by().value());
        fields.put("policy", decision.policy() == null ? null : PublicationConverter.name(decision.policy()));
        fields.put("note", decision.note());
        fields.put("undo", decision.isUndo());
        return fields;
    }

    private static Map<String, @Nullable Object> withdrawal(Provenance.History history, PastWithdrawal withdrawal) {
        Map<String, @Nullable Object> fields = fields();
        fields.put("at", withdrawal.at().toString());
        fields.put("peer", withdrawal.source().value());
        fields.put("peer_name", name(history, withdrawal.source()));
        fields.put("run", withdrawal.run().value());
        fields.put("archived", withdrawal.archived());
        fields.put("reason", reason(withdrawal));
        return fields;
    }

    private static String reason(PastWithdrawal withdrawal) {
        Integer listed = withdrawal.listed();
        return (listed == null
                        ? "the peer said that it does not have the resource, or no longer"
                        : "no longer in its complete list of " + listed + (listed == 1 ? " resource" : " resources"))
                + (withdrawal.archived() ? "; archived, because the peer is set to archive withdrawn resources" : "");
    }

    private static String author(Provenance.History history, Author author) {
        return author instanceof Author.Sync sync
                ? "run " + sync.run() + " from " + peer(history, sync.peer())
                : ((Author.Person) author).user().value();
    }

    private static String peer(Provenance.History history, PeerId id) {
        Peer peer = history.peers().get(id);
        return peer == null ? "[" + id + "]" : peer.toString();
    }

    private static @Nullable String name(Provenance.History history, PeerId id) {
        Peer peer = history.peers().get(id);
        return peer == null ? null : peer.name();
    }
}
