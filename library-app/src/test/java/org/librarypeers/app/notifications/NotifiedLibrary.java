package org.librarypeers.app.notifications;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.accounts.AccountService;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.UserName;
import org.librarypeers.http.HttpPeerClient;
import org.librarypeers.sync.SyncListener;
import org.librarypeers.sync.SyncReport;
import org.librarypeers.sync.SyncService;
import org.librarypeers.sync.contract.ScriptedPeer;
import org.librarypeers.sync.contract.SettableClock;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.notifications.NotificationChoice;
import org.librarypeers.sync.notifications.NotificationFrequency;
import org.librarypeers.sync.notifications.NotificationKind;
import org.librarypeers.sync.notifications.OutboxMessage;
import org.librarypeers.sync.peer.PeerException;

/** A library on PostgreSQL with a scripted peer, a settable clock and notifications, whose jobs a test runs itself. */
final class NotifiedLibrary implements AutoCloseable {

    static final Instant START = Instant.parse("2026-03-04T05:00:00Z"); // a Wednesday
    static final UserName ADMIN = new UserName("amina");
    static final String ADDRESS = "amina@example.org";

    private final RunningLibrary running = RunningLibrary.start();
    private final SettableClock clock = new SettableClock(START);
    private final ScriptedPeer script = new ScriptedPeer();
    private final HttpPeerClient http = HttpPeerClient.builder().build();
    private final AccountService accounts = running.library().accounts();
    private final List<String> results = new ArrayList<>();
    private final NotificationSettings settings;
    private final Notifications notifications;
    private final SyncService sync;
    private int pages;

    NotifiedLibrary(@Nullable MailSettings mail, @Nullable WebhookSettings webhook) {
        this(new NotificationSettings(
                Optional.ofNullable(mail),
                Optional.ofNullable(webhook),
                new DigestTimes(7, ZoneOffset.UTC),
                URI.create("https://library.example.org"),
                () -> new NotificationSettings.Named("Test library", List.of("en"))));
    }

    NotifiedLibrary(NotificationSettings settings) {
        this.settings = settings;
        this.notifications = node();
        this.sync = SyncService.builder()
                .storage(storage())
                .client(script)
                .clock(clock)
                .listener(new SyncListener() {
                    @Override
                    public void ending(SyncLog run) {
                        notifications.ended(run);
                    }
                })
                .build();
        addAdmin(ADMIN, ADDRESS, null);
    }

    /** Returns the notifications of another node of this library. */
    Notifications node() {
        return new Notifications(
                settings, storage(), accounts, http, Path.of("target"), clock, new Notifications.Results() {
                    @Override
                    public void sent(OutboxMessage.Channel channel) {
                        results.add("sent");
                    }

                    @Override
                    public void failed(OutboxMessage.Channel channel) {
                        results.add("failed");
                    }
                });
    }

    List<String> results() {
        return results;
    }

    RunningLibrary running() {
        return running;
    }

    LibraryStorage storage() {
        return running.library().storage();
    }

    SettableClock clock() {
        return clock;
    }

    Notifications notifications() {
        return notifications;
    }

    Account addAdmin(UserName name, @Nullable String email, @Nullable String language) {
        return add(name, Role.ADMIN, email, language);
    }

    Account add(UserName name, Role role, @Nullable String email, @Nullable String language) {
        accounts.create(name, role, email, "a long password");
        return accounts.change(name, account -> account.withProfile(email, null, null, language))
                .orElseThrow();
    }

    void choose(UserName name, NotificationKind kind, NotificationFrequency frequency, PeerId... peers) {
        Account account = accounts.find(name).orElseThrow();
        notifications
                .choices()
                .choose(
                        account,
                        new NotificationChoice(name, kind, frequency, peers.length == 0 ? null : Set.of(peers)));
    }

    Peer addPeer(String name, String host) {
        Peer peer = Peer.builder()
                .id(storage().peers().nextId())
                .name(name)
                .host(PeerHost.of(host))
                .credentials("reader", running.key(RunningLibrary.READER))
                .build();
        storage().peers().save(peer);
        return peer;
    }

    /** Syncs a peer that cannot be read, one minute after the last action. */
    SyncReport fail(Peer peer, String why) {
        clock.tick();
        script.failure(new PeerException(PeerTrouble.UNREACHABLE, why, null));
        return sync.sync(peer);
    }

    /** Syncs a peer that has one new resource, one minute after the last action. */
    SyncReport succeed(Peer peer) {
        clock.tick();
        pages++;
        script.lastPage(ScriptedPeer.cursor(pages), ScriptedPeer.full(pages, "v1"));
        return sync.sync(peer);
    }

    SyncService sync() {
        return sync;
    }

    ScriptedPeer script() {
        return script;
    }

    /** Reports and sends everything that is due after a time. */
    void after(Duration time) {
        clock.advance(time);
        notifications.report(Optional.empty());
        notifications.sendDue();
    }

    @Override
    public void close() {
        http.close();
        running.close();
    }
}
