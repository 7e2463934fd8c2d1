package org.librarypeers.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Status;
import org.librarypeers.sync.ReviewResult;
import org.librarypeers.sync.ReviewService;
import org.librarypeers.sync.storage.Withdrawal;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "review",
        description = "Lists, approves and rejects resources that wait for a review.",
        synopsisSubcommandLabel = "(list | approve | reject)",
        subcommands = {ReviewCommand.ListInbox.class, ReviewCommand.Approve.class, ReviewCommand.Reject.class})
final class ReviewCommand extends CommandGroup {

    ReviewCommand() {
        super("list, approve or reject");
    }

    @Command(
            name = "list",
            description = "Lists the resources that wait for a review: new ones, those that changed upstream after a"
                    + " decision, and those that were withdrawn.")
    static final class ListInbox extends BaseLibraryCommand {

        private static final int PAGE = 500;

        @Option(names = "--json", description = "Print one JSON object per line.")
        private boolean json;

        @Override
        int run(Library library) {
            ReviewService review = library.review();
            List<String> languages = library.settings().languages();
            boolean any = print(null, "new", languages, review::pending);
            any |= print(
                    "Changed upstream since the last decision:",
                    "changed upstream",
                    languages,
                    review::changedUpstream);
            any |= print("Withdrawn upstream, but still here:", "withdrawn upstream", languages, (after, limit) -> {
                List<Guid> withdrawn = review.withdrawn(after, limit).stream()
                        .map(Withdrawal::resource)
                        .toList();
                return List.copyOf(library.storage().resources().find(withdrawn).values());
            });
            if (!any && !json) {
                out().println("No resources are waiting for a review.");
            }
            return 0;
        }

        /** A source of the resources that wait for a review, in pages. Each page begins after the given GUID. */
        private interface WaitingLister {
            List<Resource> page(@Nullable Guid after, int limit);
        }

        private boolean print(@Nullable String heading, String reason, List<String> languages, WaitingLister waiting) {
            List<Resource> page;
            Guid after = null;
            boolean any = false;
            do {
                page = waiting.page(after, PAGE);
                for (Resource resource : page) {
                    if (!any && heading != null && !json) {
                        out().println(heading);
                    }
                    print(resource, reason, languages);
                    after = resource.guid();
                    any = true;
                }
            } while (page.size() == PAGE);
            return any;
        }

        private void print(Resource resource, String reason, List<String> languages) {
            ResourceContent content = resource.toReview().content();
            String title = content.title().best(content.readingOrder(languages));
            String source = resource.origin() instanceof Origin.FromPeer from ? from.sourceName() : null;
            String status = reason.equals("new") ? "" : ", " + resource.status().word();
            if (!json) {
                out().println(resource.guid() + "  " + title + (source == null ? "" : " (" + source + ")") + status);
                return;
            }
            Map<String, @Nullable Object> fields = fields();
            fields.put("guid", resource.guid().toString());
            fields.put("title", title);
            fields.put("status", resource.status().word());
            fields.put("source", source);
            fields.put("updated", resource.updated().toString());
            fields.put("revision", resource.toReview().number());
            fields.put(
                    "public_revision",
                    resource.status() == Status.APPROVED ? resource.revision().number() : null);
            fields.put("reason", reason);
            json(fields);
        }
    }

    /** The resources that a decision applies to: all new ones, or those listed by GUID. */
    static final class ChosenResources {
        @Option(names = "--all", required = true, description = "All new resources.")
        private boolean all;

        @Parameters(arity = "1..*", paramLabel = "GUID", description = "GUIDs of resources.")
        private List<String> guids = new ArrayList<>();
    }

    /** A command that records a reviewer's decision. */
    abstract static class DecisionCommand extends BaseLibraryCommand {

        private final String done;
        private final Function<ReviewService, ReviewResult> toAll;
        private final BiFunction<ReviewService, List<Guid>, ReviewResult> toThese;

        @ArgGroup(multiplicity = "1")
        private ChosenResources chosen = new ChosenResources();

        DecisionCommand(
                String done,
                Function<ReviewService, ReviewResult> toAll,
                BiFunction<ReviewService, List<Guid>, ReviewResult> toThese) {
            this.done = done;
            this.toAll = toAll;
            this.toThese = toThese;
        }

        @Override
        int run(Library library) {
            ReviewResult result = chosen.all
                    ? toAll.apply(library.review())
                    : toThese.apply(
                            library.review(),
                            chosen.guids.stream().map(Guid::of).toList());
            out().println(result.changed() + " " + done
                    + (result.unchanged() == 0 ? "" : ", " + result.unchanged() + " already " + done));
            result.unknown()
                    .forEach(guid -> err().println(
                                    "library: there is no resource " + guid + "; list resources with review list"));
            return result.unknown().isEmpty() ? 0 : 1;
        }
    }

    @Command(
            name = "approve",
            description = "Approves resources and publishes them. For a public resource, publishes its waiting change.")
    static final class Approve extends DecisionCommand {
        Approve() {
            super("approved", ReviewService::approveAll, ReviewService::approve);
        }
    }

    @Command(
            name = "reject",
            description = "Rejects resources. For a public resource with a waiting change, rejects only the change; the"
                    + " resource stays public.")
    static final class Reject extends DecisionCommand {
        Reject() {
            super("rejected", ReviewService::rejectAll, ReviewService::reject);
        }
    }
}
