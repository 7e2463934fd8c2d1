package org.librarypeers.app.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.Peer;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.http.ScriptedOrbSite;

/** A library with an administrator in a browser, and with peers whose answers a test can hold back. */
@Timeout(120)
abstract class SyncedLibrary {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    static final String PASSWORD = "the boss's own password";
    final RunningLibrary here = RunningLibrary.start();
    final List<ScriptedOrbSite> sites = new ArrayList<>();
    final CountDownLatch open = new CountDownLatch(1);
    PageClient admin;

    @BeforeEach
    void signIn() {
        here.library().accounts().create(new UserName("boss"), Role.ADMIN, null, PASSWORD);
        admin = new PageClient(here.address());
        admin.signIn("boss", PASSWORD);
    }

    @AfterEach
    void close() {
        open.countDown();
        here.close();
        sites.forEach(ScriptedOrbSite::close);
    }

    ScriptedOrbSite site(String... titles) {
        ScriptedOrbSite site = new ScriptedOrbSite();
        sites.add(site);
        List.of(titles).forEach(site::add);
        return site;
    }

    Peer peer(ScriptedOrbSite site) {
        Peer peer = site.peer(here.library().storage().peers().nextId());
        here.library().storage().peers().save(peer);
        return peer;
    }

    /** Adds a peer with three resources. The site holds back the first one until the test opens the latch. */
    Peer heldPeer() {
        ScriptedOrbSite site = site("One", "Two <script>alert(1)</script>", "Three");
        site.always("/api/v1/resource/1/", right -> {
            await(open);
            return right.get();
        });
        return peer(site);
    }

    static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
