package org.librarypeers.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.storage.PeerRepository;

/**
 * A library with a signed-in administrator and without peers before each test. Test classes that extend it run one by
 * one.
 */
@ResourceLock("the administered library")
abstract class AdministeredLibrary {

    static final String KEY = "0123456789abcdef0123456789abcdef01234567";
    static final String PASSWORD = "the boss's own password";

    static RunningLibrary here;
    static PeerRepository peers;
    static PageClient admin;

    @BeforeAll
    static void start() {
        here = RunningLibrary.start();
        peers = here.library().storage().peers();
        here.library().accounts().create(new UserName("boss"), Role.ADMIN, null, PASSWORD);
        admin = signedIn("en");
    }

    @AfterAll
    static void stop() {
        here.close();
    }

    @BeforeEach
    void forgetPeers() {
        peers.all().forEach(peer -> here.library().sync().remove(peer.id()));
    }

    static PageClient signedIn(String language) {
        PageClient client = new PageClient(here.address(), language);
        client.signIn("boss", PASSWORD);
        return client;
    }

    static Peer peer(String host) {
        Peer peer = Peer.builder()
                .id(peers.nextId())
                .name("Malawi Library")
                .host(PeerHost.of(host))
                .credentials("us@malawi", new ApiKey(KEY))
                .build();
        peers.save(peer);
        return peer;
    }

    static PageClient.Answer add(String... fields) {
        return admin.submit(admin.get("/peers/new").page(), "main form", fields);
    }

    static String wrong(PageClient.Answer answer, String field) {
        Element input = answer.page().selectFirst("main form [name=" + field + "]");
        assertThat(input.attr("aria-invalid")).isEqualTo("true");
        String says = answer.page().getElementById("w-" + field).text();
        assertThat(input.attr("aria-describedby")).contains("w-" + field);
        return says;
    }
}
