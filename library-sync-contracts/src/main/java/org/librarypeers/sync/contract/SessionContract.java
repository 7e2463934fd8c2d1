package org.librarypeers.sync.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.librarypeers.domain.Account;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.SessionRepository.Session;

/** Contract tests of {@link org.librarypeers.sync.accounts.SessionRepository}. */
@Timeout(60)
abstract class SessionContract extends LibraryContract {

    private static final Instant LATER = Samples.NOON.plusSeconds(3_600);
    private static final Account ACCOUNT = new Account(Samples.AMINA, null, Role.MEMBER);
    private static final Session SESSION = new Session(Samples.AMINA, LATER);

    @BeforeEach
    void addAccount() {
        storage.accounts().add(ACCOUNT, "hash", new ApiKey("key"));
    }

    @Test
    void a_session_is_found_by_its_secret_until_it_expires() {
        storage.sessions().begin("secret", SESSION);

        assertThat(storage.sessions().find("secret", Samples.NOON)).contains(ACCOUNT);
        assertThat(storage.sessions().find("secret", LATER)).isEmpty();
        assertThat(storage.sessions().find("Secret", Samples.NOON)).isEmpty();
    }

    @Test
    void an_ended_session_is_no_longer_found_and_others_are() {
        storage.sessions().begin("one", SESSION);
        storage.sessions().begin("two", SESSION);

        storage.sessions().end("one");
        storage.sessions().end("unknown");

        assertThat(storage.sessions().find("one", Samples.NOON)).isEmpty();
        assertThat(storage.sessions().find("two", Samples.NOON)).contains(ACCOUNT);
    }

    @Test
    void expired_sessions_are_removed() {
        storage.sessions().begin("old", SESSION);
        storage.sessions().begin("new", new Session(Samples.AMINA, LATER.plusSeconds(1)));

        storage.sessions().removeExpired(LATER);

        assertThat(storage.sessions().find("old", Samples.NOON)).isEmpty();
        assertThat(storage.sessions().find("new", Samples.NOON)).isPresent();
    }

    @Test
    void all_sessions_of_an_account_end_except_the_given_one() {
        UserName juma = new UserName("juma");
        storage.accounts().add(new Account(juma, null, Role.MEMBER), "hash", new ApiKey("juma's key"));
        Instant later = Samples.NOON.plusSeconds(60);
        for (String secret : List.of("first", "second", "third")) {
            storage.sessions().begin(secret, new Session(Samples.AMINA, later));
        }
        storage.sessions().begin("juma's", new Session(juma, later));

        storage.sessions().endAll(Samples.AMINA, "second");
        assertThat(storage.sessions().find("first", Samples.NOON)).isEmpty();
        assertThat(storage.sessions().find("second", Samples.NOON)).isPresent();
        assertThat(storage.sessions().find("third", Samples.NOON)).isEmpty();

        storage.sessions().endAll(Samples.AMINA, null);
        assertThat(storage.sessions().find("second", Samples.NOON)).isEmpty();
        assertThat(storage.sessions().find("juma's", Samples.NOON)).isPresent();
    }
}
