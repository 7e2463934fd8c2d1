package org.librarypeers.app.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.librarypeers.sync.contract.Await.await;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.server.Rights;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.PeerBusyException;
import org.librarypeers.sync.accounts.AuditEntry;
import org.librarypeers.sync.accounts.AuditLog.Filter;
import org.librarypeers.sync.contract.Samples;
import org.librarypeers.sync.reports.ProblemReport;

/** Tests of what the pages write into the audit log, and of the page that shows it. */
@Timeout(120)
class AuditPagesTest {

    private static final String PASSWORD = "the boss's own password";
    private static final String KEY = "0123456789abcdef0123456789abcdef01234567";

    /** The forms that write an entry. */
    private static final Set<String> RECORDED = Set.of(
            "/signin",
            "/first/{token}",
            "/password/{token}",
            "/profile",
            "/profile/key",
            "/profile/keys",
            "/profile/keys/remove",
            "/resources/bulk",
            "/resources/bulk/undo",
            "/resources/{guid}/status",
            "/resources/{guid}/restore",
            "/review/undo",
            "/pictures",
            "/pictures/{id}",
            "/review/links/{id}",
            "/review/reports/{id}",
            "/bundles/write",
            "/bundles/{id}",
            "/peers/new",
            "/peers/{id}/edit",
            "/peers/{id}/active",
            "/peers/{id}/remove",
            "/peers/{id}/sync",
            "/peers/{id}/runs/{run}/cancel",
            "/peers/{id}/tags",
            "/peers/{id}/selection",
            "/refusals/{guid}/revoke",
            "/review/{guid}/refuse",
            "/rules/revoke",
            "/tags",
            "/tags/{id}",
            "/tags/{id}/merge",
            "/categories/{id}",
            "/categories/{id}/merge",
            "/duplicates",
            "/duplicates/archive",
            "/duplicates/restore",
            "/settings",
            "/users/new",
            "/users/{name}",
            "/users/{name}/signout",
            "/users/{name}/keys/remove",
            "/users/{name}/invite",
            "/users/{name}/links/remove");

    /** The forms that write none, with the reason. */
    private static final Map<String, String> NOT_RECORDED = Map.ofEntries(
            Map.entry("/signout", "ends a session of the person only"),
            Map.entry("/profile/signout-others", "ends sessions of the person only"),
            Map.entry("/forgotten", "changes nothing but sends a mail, and nobody is signed in"),
            Map.entry("/profile/notifications", "changes what the person is told only"),
            Map.entry("/resources/new", "the history names the author"),
            Map.entry("/resources/{guid}/edit", "the history names the author"),
            Map.entry("/resource/{slug}/report", "nobody needs to be signed in, and the report is kept"),
            Map.entry("/review", "the decision names the reviewer"),
            Map.entry("/review/{guid}", "the decision names the reviewer"),
            Map.entry("/settings/mail", "changes nothing but sends a mail to the person"),
            Map.entry("/bundles", "changes nothing until the bundle is taken"),
            Map.entry("/peers/{id}/test", "changes nothing"),
            Map.entry("/peers/{id}/preview", "changes nothing"));

    private static RunningLibrary here;
    private static RunningLibrary other;
    private static PageClient boss;

    @BeforeAll
    static void start() {
        other = RunningLibrary.start("Other library");
        here = RunningLibrary.start();
        here.library().accounts().create(new UserName("boss"), Role.ADMIN, null, PASSWORD);
        boss = new PageClient(here.address());
        boss.signIn("boss", PASSWORD);
    }

    @AfterAll
    static void stop() {
        here.close();
        other.close();
    }

    @BeforeEach
    void forget() {
        here.execute("truncate audit_entry");
    }

    private static List<AuditEntry> entries() {
        List<AuditEntry> newestFirst = here.library().storage().audit().find(Filter.ALL, null, 100);
        List<AuditEntry> inOrder = new ArrayList<>(newestFirst);
        Collections.reverse(inOrder);
        return inOrder;
    }

    private static List<String> actions() {
        return entries().stream().map(AuditEntry::action).toList();
    }

    /** Returns the entries as text, and checks that the boss made them from this machine. */
    private static List<String> made() {
        List<AuditEntry> entries = entries();
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.actor()).isEqualTo(new AuditEntry.Actor(AuditEntry.Actor.Kind.ACCOUNT, "boss"));
            assertThat(entry.address()).isEqualTo("127.0.0.1");
        });
        return entries.stream()
                .map(entry -> entry.action() + " "
                        + (entry.subject() == null
                                ? ""
                                : entry.subject().kind() + " " + entry.subject().id()) + " " + entry.details())
                .toList();
    }

    private static PageClient.Answer submit(String path, String form, String... fields) {
        PageClient.Answer answer = boss.submit(boss.get(path).page(), form, fields);
        assertThat(answer.status()).as(answer.page().text()).isEqualTo(303);
        return answer;
    }

    private static PeerId addPeer(String host) {
        String location = submit("/peers/new", "main form", "name", "A peer", "host", host, "user", "us", "key", KEY)
                .location();
        return new PeerId(Long.parseLong(location.replaceFirst(".*/", "")));
    }

    @Test
    void every_form_is_recorded_or_has_a_reason_not_to_be() {
        Set<String> forms = Rights.pages().stream()
                .filter(row -> row.method().equals("POST"))
                .map(Rights.Row::path)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> listed = new TreeSet<>(RECORDED);
        listed.addAll(NOT_RECORDED.keySet());

        assertThat(listed).hasSize(RECORDED.size() + NOT_RECORDED.size()).isEqualTo(forms);
    }

    @Test
    void each_change_of_a_peer_is_recorded_with_the_fields_and_without_the_key() {
        PeerId peer = addPeer("https://peer.example.org");
        String page = "/peers/" + peer;
        submit(page + "/edit", "main form", "name", "Another name", "key", KEY.replace('0', 'f'));
        submit(page, "form[action$=/active]", "active", "false");
        submit(page, "form[action$=/active]", "active", "true");
        submit(page + "/remove", "main form");

        assertThat(made())
                .containsExactly(
                        "peer-added peer " + peer + " {host=https://peer.example.org}",
                        "peer-edited peer " + peer + " {fields=name, key}",
                        "peer-deactivated peer " + peer + " {}",
                        "peer-activated peer " + peer + " {}",
                        "peer-removed peer " + peer + " {}");
        assertThat(here.texts("select t::text from audit_entry t")).noneMatch(row -> row.contains(KEY.substring(8)));
    }

    @Test
    void a_refused_change_leaves_no_entry() {
        PeerId peer = addPeer("https://twice.example.org");
        forget();

        boss.submit(
                boss.get("/peers/new").page(),
                "main form",
                "name",
                "Twice",
                "host",
                "https://twice.example.org",
                "user",
                "us",
                "key",
                KEY);
        boss.submit(boss.get("/users/boss").page(), "main form", "role", "member");

        assertThat(actions()).isEmpty();
        here.library().sync().remove(peer);
    }

    @Test
    void each_change_of_an_account_is_recorded() {
        submit("/users/new", "main form", "username", "ben", "role", "contributor", "password", "a long password");
        submit("/users/ben", "main form", "role", "reviewer", "email", "ben@example.org", "writes", "on");
        submit("/users/ben", "main form", "password", "another long password");
        submit("/profile/key", "main form");

        assertThat(made())
                .containsExactly(
                        "user-created user ben {role=contributor}",
                        "user-edited user ben {fields=email}",
                        "user-role-changed user ben {from=contributor, to=reviewer}",
                        "api-write-allowed user ben {}",
                        "password-set user ben {}",
                        "api-key-renewed user boss {}");
        assertThat(here.texts("select t::text from audit_entry t"))
                .noneMatch(row -> row.contains("long password") || row.contains("ben@example.org"));
    }

    @Test
    void the_sign_ins_of_staff_are_recorded_and_those_of_others_are_not() {
        new PageClient(here.address()).signIn("boss", PASSWORD);
        new PageClient(here.address()).signIn("boss", "a wrong password");
        new PageClient(here.address()).signIn(RunningLibrary.READER.value(), "a reader's password");

        assertThat(made()).containsExactly("signed-in user boss {}");
    }

    @Test
    void a_sync_that_is_started_or_cancelled_by_hand_is_recorded_and_a_scheduled_one_is_not() {
        other.publish("Water");
        Peer peer = here.addPeer(other);
        String run = submit("/peers/" + peer.id(), "form[action$=/sync]", "scope", "changes")
                .location();
        await("another run is possible, which nobody has started by hand", () -> {
            try {
                here.library().sync().sync(peer);
                return true;
            } catch (PeerBusyException e) {
                return false;
            }
        });
        here.execute(
                "update sync_log set status = 'running', finished = null where id = " + run.replaceFirst(".*/", ""));
        submit(run, "form[action$=/cancel]");

        String number = run.replaceFirst(".*/", "");
        assertThat(made())
                .containsExactly(
                        "peer-edited peer " + peer.id() + " {fields=schedule}",
                        "sync-started peer " + peer.id() + " {run=" + number + "}",
                        "sync-cancelled peer " + peer.id() + " {run=" + number + "}");
        here.library().sync().remove(peer.id());
    }

    @Test
    void what_the_history_of_a_resource_does_not_name_is_recorded() {
        Resource resource = here.publish("First title");
        here.library()
                .authoring()
                .edit(resource.guid(), 1, before -> Samples.titled("Second title"), UserName.SYSTEM, false);
        String page = "/resources/" + resource.guid();
        submit(page + "/history", "form[action$=/restore]");
        submit(page + "/edit", "form[action$=/status]", "to", "archive");

        assertThat(made())
                .containsExactly(
                        "resource-restored resource " + resource.guid() + " {revision=1}",
                        "resource-archived resource " + resource.guid() + " {}");
    }

    @Test
    void a_change_of_several_resources_and_its_undo_are_recorded() {
        Resource resource = here.publish("Nets");
        PageClient.Answer preview = boss.submit(
                boss.get("/resources").page(),
                "#bulk",
                "action",
                "archive",
                "guid",
                resource.guid().toString());
        boss.submit(preview.page(), "main form");
        submit("/resources", "form.last");

        String details = " {change=archive, count=1, resources=" + resource.guid() + "}";
        assertThat(made()).containsExactly("resources-changed " + details, "changes-undone " + details);
    }

    @Test
    void an_undone_decision_and_a_closed_report_are_recorded() {
        Resource resource = here.publish("Nets");
        here.library().review().reject(List.of(resource.guid()));
        ProblemReport report = new ProblemReport(
                0, resource.guid(), "Nets", ProblemReport.Kind.OTHER, "Old", null, "en", Instant.EPOCH, null);
        long id = here.library().storage().problemReports().add(report);
        submit("/review/" + resource.guid(), "form[action=/review/undo]");
        submit("/review/reports/" + id, "main form");

        assertThat(made())
                .containsExactly(
                        "decisions-undone  {count=1, resources=" + resource.guid() + "}",
                        "report-closed report " + id + " {mailed=false}");
        assertThat(boss.get("/audit").page().select("ul.rows a").eachAttr("href"))
                .contains("/review/reports/" + id);
    }

    @Test
    void the_page_lists_the_newest_first_in_pages_and_filters_by_person_and_action() {
        for (int i = 0; i < 60; i++) {
            String sql =
                    "insert into audit_entry (at, actor_kind, actor_name, action, subject_kind, subject_id, details)"
                            + " values (now(), 'account', '%s', '%s', 'peer', '%d', '{}')";
            here.execute(sql.formatted(i % 2 == 0 ? "asha" : "<b>ben</b>", i < 30 ? "peer-added" : "peer-removed", i));
        }

        var first = boss.get("/audit").page();
        assertThat(first.select("ul.rows li")).hasSize(50);
        assertThat(first.select("ul.rows li").get(0).text()).contains("Peer removed: 59", "<b>ben</b>");
        var second = boss.get(first.select("a[rel=next]").attr("href")).page();
        assertThat(second.select("ul.rows li")).hasSize(10);
        assertThat(second.select("a[rel=next]")).isEmpty();
        var filtered = boss.get("/audit?actor=asha&action=peer-added").page();
        assertThat(filtered.select("ul.rows li")).hasSize(15);
        assertThat(boss.get("/audit?actor=nobody").page().select("ul.rows li")).isEmpty();
        assertThat(new PageClient(here.address()).get("/audit").status()).isEqualTo(303);
    }
}
