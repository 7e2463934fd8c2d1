package org.librarypeers.app.accounts;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.librarypeers.domain.ApiKey;
import org.librarypeers.domain.Sha256;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.accounts.NamedKey;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.StorageException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The further API keys of accounts, and a record of when keys are used. Thread-safe. */
public final class ApiKeys {

    private static final Logger LOG = LoggerFactory.getLogger(ApiKeys.class);

    /** The maximum number of further keys of an account. */
    public static final int MOST = 20;

    /** The time within which the use of a key is recorded once, so that reading is not slowed down by writing. */
    private static final Duration RECORDED_EVERY = Duration.ofMinutes(10);

    private static final int MOST_REMEMBERED = 10_000;
    private static final int KEY_BYTES = 20;

    private final LibraryStorage storage;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** The times at which the use of keys was last recorded, by the digest of the key, the earliest first. */
    private final Map<String, Instant> recorded = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    ApiKeys(LibraryStorage storage, Clock clock) {
        this.storage = storage;
        this.clock = clock;
    }

    /** Returns a new random key of 40 hexadecimal digits, the format of existing sites. */
    ApiKey random() {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return new ApiKey(HexFormat.of().formatHex(key));
    }

    /** Returns the further keys of an account, the oldest first. */
    public List<NamedKey> of(UserName account) {
        return storage.apiKeys().of(account);
    }

    /**
     * Adds a key and returns its secret, which cannot be read again.
     *
     * @return the secret; empty if the account has a key with this name
     * @throws IllegalArgumentException if the name is not valid, see {@link NamedKey}
     * @throws IllegalStateException if the account has {@value #MOST} keys
     */
    public Optional<ApiKey> add(UserName account, String name) {
        ApiKey secret = random();
        NamedKey key = new NamedKey(account, name, clock.instant().truncatedTo(ChronoUnit.MICROS), null);
        return storage.inTransaction(() -> {
            // Locks the account, so that keys that are added at the same time are counted.
            var unused = storage.accounts().findForUpdate(account);
            if (of(account).size() >= MOST) {
                throw new IllegalStateException("an account can have " + MOST + " further API keys; remove one first");
            }
            return storage.apiKeys().add(key, secret) ? Optional.of(secret) : Optional.empty();
        });
    }

    /** Removes a key, which stops working immediately. Returns false if the account has no key with this name. */
    public boolean remove(UserName account, String name) {
        return storage.apiKeys().remove(account, name);
    }

    /**
     * Records that a key was used now, at most once in ten minutes in this process. If the storage cannot save it, the
     * key still works.
     */
    void used(ApiKey key) {
        Instant now = clock.instant();
        String digest = Sha256.hex(key.secret());
        synchronized (recorded) {
            Instant before = recorded.get(digest);
            if (before != null && now.isBefore(before.plus(RECORDED_EVERY)) && !now.isBefore(before)) {
                return;
            }
            recorded.remove(digest);
            recorded.put(digest, now);
        }
        try {
            storage.apiKeys().used(key, now);
        } catch (StorageException e) {
            // A request that can be answered is answered, for example by a database that is read-only for a moment.
            LOG.debug("That an API key was used could not be recorded", e);
        }
    }
}
