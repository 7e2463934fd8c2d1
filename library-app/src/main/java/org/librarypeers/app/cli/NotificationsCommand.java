package org.librarypeers.app.cli;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.notifications.DeliveryException;
import org.librarypeers.app.notifications.SendReport;
import org.librarypeers.app.wiring.Library;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Count;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.notifications.NotificationChoice;
import org.librarypeers.sync.notifications.NotificationFrequency;
import org.librarypeers.sync.notifications.NotificationKind;
import org.librarypeers.sync.notifications.OutboxCounts;
import org.librarypeers.sync.notifications.OutboxEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "notifications",
        description = "Shows and changes what people are told by mail, sends a test mail, and shows unsent messages.",
        synopsisSubcommandLabel = "(list | set | test | outbox | send)",
        subcommands = {
            NotificationsCommand.ListChoices.class,
            NotificationsCommand.SetChoice.class,
            NotificationsCommand.Test.class,
            NotificationsCommand.ListOutbox.class,
            NotificationsCommand.Send.class
        })
final class NotificationsCommand extends CommandGroup {

    NotificationsCommand() {
        super("list, set, test, outbox or send");
    }

    private static Account account(Library library, String name) {
        return library.accounts()
                .find(new UserName(name))
                .orElseThrow(() -> new CliException("there is no account " + name + "; create it with create_user"));
    }

    private static String peers(NotificationChoice choice) {
        if (choice.peers() == null) {
            return choice.kind().isPerPeer() ? "all peers" : "";
        }
        return "peers " + choice.peers().stream().sorted().map(PeerId::toString).collect(Collectors.joining(", "));
    }

    @Command(name = "list", description = "Lists what people are told by mail, including the defaults.")
    static final class ListChoices extends BaseLibraryCommand {

        @Parameters(paramLabel = "NAME", arity = "0..1", description = "User name; without it, all active accounts.")
        private @Nullable String name;

        @Option(names = "--json", description = "Print one JSON object per line.")
        private boolean json;

        @Override
        int run(Library library) {
            List<Account> accounts = name == null
                    ? library.accounts().all().stream().filter(Account::active).toList()
                    : List.of(account(library, name));
            for (Account account : accounts) {
                library.notifications().choices().of(account).forEach(choice -> print(account, choice));
            }
            return 0;
        }

        private void print(Account account, NotificationChoice choice) {
            if (json) {
                Map<String, @Nullable Object> fields = fields();
                fields.put("account", account.name().value());
                fields.put("email", account.email());
                fields.put("kind", choice.kind().word());
                fields.put("frequency", choice.frequency().word());
                fields.put(
                        "peers",
                        choice.peers() == null
                                ? null
                                : choice.peers().stream()
                                        .map(PeerId::value)
                                        .sorted()
                                        .toList());
                json(fields);
            } else {
                out().println((account.name() + "  " + choice.kind().word() + "  "
                                + choice.frequency().word() + "  " + peers(choice)
                                + (account.email() == null ? "  (no e-mail address)" : ""))
                        .strip());
            }
        }
    }

    @Command(
            name = "set",
            description =
                    "Chooses what a person is told by mail. Kinds: peer-failures, runs, review, quarantine, disk.")
    static final class SetChoice extends BaseLibraryCommand {

        @Parameters(index = "0", paramLabel = "NAME", description = "User name.")
        private String name = "";

        @Parameters(
                index = "1",
                paramLabel = "KIND",
                converter = KindConverter.class,
                description = "peer-failures, runs, review, quarantine or disk.")
        private NotificationKind kind = NotificationKind.PEER_FAILURES;

        @Parameters(
                index = "2",
                paramLabel = "FREQUENCY",
                converter = FrequencyConverter.class,
                description = "off, at-once, daily or weekly.")
        private NotificationFrequency frequency = NotificationFrequency.OFF;

        @Option(
                names = "--peer",
                paramLabel = "ID",
                description = "Number of a peer, may be repeated; without it, all peers.")
        private Set<Long> peers = new TreeSet<>();

        @Override
        int run(Library library) {
            Account account = account(library, name);
            Set<PeerId> chosen =
                    peers.stream().map(id -> PeerLookup.find(library, id).id()).collect(Collectors.toSet());
            NotificationChoice choice =
                    new NotificationChoice(account.name(), kind, frequency, chosen.isEmpty() ? null : chosen);
            library.notifications().choices().choose(account, choice);
            out().println((account.name() + "  " + kind.word() + "  " + frequency.word() + "  " + peers(choice))
                    .strip());
            if (account.email() == null && frequency != NotificationFrequency.OFF) {
                out().println("The account has no e-mail address yet, so it gets no mails.");
            }
            return 0;
        }
    }

    /** A converter from the words for kinds. */
    static final class KindConverter implements ITypeConverter<NotificationKind> {
        @Override
        public NotificationKind convert(String word) {
            return NotificationKind.find(word)
                    .orElseThrow(() -> new TypeConversionException("'" + word + "' is not a kind; use one of "
                            + Arrays.stream(NotificationKind.values())
                                    .map(NotificationKind::word)
                                    .collect(Collectors.joining(", "))));
        }
    }

    /** A converter from the words for frequencies. */
    static final class FrequencyConverter implements ITypeConverter<NotificationFrequency> {
        @Override
        public NotificationFrequency convert(String word) {
            return NotificationFrequency.find(word)
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + word + "' is not a frequency; use off, at-once, daily or weekly"));
        }
    }

    @Command(name = "test", description = "Sends a test mail immediately.")
    static final class Test extends BaseLibraryCommand {

        @Parameters(paramLabel = "ADDRESS", description = "E-mail address that receives the mail.")
        private String address = "";

        @Override
        int run(Library library) {
            if (!Account.isEmail(address)) {
                throw new CliException("'" + address + "' is not a valid e-mail address");
            }
            requireMail(library);
            try {
                library.notifications().sendTest(address);
            } catch (DeliveryException e) {
                throw new CliException(String.valueOf(e.getMessage()));
            }
            out().println("the mail server accepted a mail to " + address);
            return 0;
        }

        private static void requireMail(Library library) {
            if (library.notifications().settings().mail().isEmpty()) {
                throw new CliException("mails are not set up; set mail.host and mail.from");
            }
        }
    }

    @Command(
            name = "outbox",
            description = "Lists the messages that are still to be sent, and those that have failed permanently.")
    static final class ListOutbox extends BaseLibraryCommand {

        private static final int MOST = 1_000;

        @Option(names = "--json", description = "Print one JSON object per line.")
        private boolean json;

        @Override
        int run(Library library) {
            List<OutboxEntry> entries = library.storage().outbox().unsent(MOST);
            entries.forEach(this::print);
            if (entries.isEmpty() && !json) {
                out().println("No messages are waiting, and none have failed.");
            }
            return 0;
        }

        private void print(OutboxEntry entry) {
            String channel = entry.channel().name().toLowerCase(Locale.ROOT);
            Instant due = entry.due();
            if (json) {
                Map<String, @Nullable Object> fields = fields();
                fields.put("id", entry.id().toString());
                fields.put("channel", channel);
                fields.put("recipient", entry.recipient());
                fields.put("subject", entry.subject());
                fields.put("created", entry.created().toString());
                fields.put("due", due == null ? null : due.toString());
                fields.put("attempts", entry.attempts());
                fields.put("error", entry.error());
                json(fields);
            } else {
                out().println(entry.created() + "  " + channel
                        + (entry.recipient() == null ? "" : " to " + entry.recipient()) + ": " + entry.subject() + "  ("
                        + (due == null ? "failed" : "due " + due) + ", attempts: " + entry.attempts()
                        + (entry.error() == null ? "" : ", " + entry.error()) + ")");
            }
        }
    }

    @Command(
            name = "send",
            description =
                    "Writes the digests and reminders that are due, and sends all messages that are due. For libraries"
                            + " without a running server. Ends with status 1 if a message that was due could not be sent.")
    static final class Send extends BaseLibraryCommand {

        @Override
        int run(Library library) {
            if (!library.notifications().isOn()) {
                throw new CliException("neither mails nor a webhook are set up; set mail.host or webhook.url");
            }
            library.notifications().report();
            SendReport report = library.notifications().sendDue();
            long waiting = library.storage().outbox().counts(library.clock().instant()).values().stream()
                    .mapToLong(OutboxCounts::waiting)
                    .sum();
            out().println(Count.of(report.sent(), "message") + " sent, " + report.failed() + " failed permanently, "
                    + report.delayed() + " not sent and tried again later, " + waiting + " waiting in all"
                    + (waiting + report.failed() > 0 ? "; notifications outbox lists them" : ""));
            return report.isComplete() ? 0 : 1;
        }
    }
}
