package org.librarypeers.persistence;

import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.sync.accounts.AccountRepository;
import org.librarypeers.sync.accounts.AttemptLog;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.storage.DecisionRepository;
import org.librarypeers.sync.storage.HarvestRepository;
import org.librarypeers.sync.catalogue.ImageHostRepository;
import org.librarypeers.sync.storage.PeerRepository;
import org.librarypeers.sync.accounts.RequestLog;
import org.librarypeers.sync.storage.ResourceRepository;
import org.librarypeers.sync.storage.ReviewQueue;
import org.librarypeers.sync.accounts.SessionRepository;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.storage.StorageException;
import org.librarypeers.sync.storage.StorageUnavailableException;
import org.librarypeers.sync.storage.SyncLogRepository;
import org.librarypeers.sync.catalogue.TagRepository;
import org.librarypeers.sync.files.UploadRepository;

/**
 * All that a library keeps, on PostgreSQL.
 *
 * <pre>{@code
 * try (JpaStorage storage = JpaStorage.builder()
 *         .database("jdbc:postgresql://localhost/library", "library", password)
 *         .secretKey(key)
 *         .build()) {
 *     storage.migrate();
 *     …
 * }
 * }</pre>
 *
 * <p>Building it does no I/O; it connects when it is first used. Any number of processes may use one database at the same
 * time. Who reads the database alone cannot use the API keys in it: they are encrypted with the secret key.
 */
public final class JpaStorage implements LibraryStorage, AutoCloseable {

    private final Database database;
    private final Transactions transactions;
    private final Leases leases;
    private final SecretCheck secretCheck;
    private volatile @Nullable LibraryId id;
    private final ResourceRepository resources;
    private final PeerRepository peers;
    private final SyncLogRepository syncLogs;
    private final HarvestRepository harvest;
    private final ReviewQueue reviewQueue;
    private final Catalogue catalogue;
    private final TagRepository tags;
    private final DecisionRepository decisions;
    private final AccountRepository accounts;
    private final SessionRepository sessions;
    private final UploadRepository uploads;
    private final RequestLog requests;
    private final AttemptLog attempts;
    private final ImageHostRepository imageHosts;

    private JpaStorage(Database database, Secrets secrets, Duration leaseTime) {
        this.database = database;
        this.transactions = new Transactions(database);
        this.secretCheck = new SecretCheck(secrets);
        this.leases = new Leases(transactions, leaseTime);
        this.resources = new JpaResources(transactions);
        this.peers = new JpaPeers(transactions, secrets);
        this.syncLogs = new JpaSyncLogs(transactions);
        this.harvest = new JpaHarvest(transactions, leases);
        this.reviewQueue = new JdbcReviewQueue(transactions);
        this.catalogue = new JpaCatalogue(transactions);
        this.tags = new JpaTags(transactions);
        this.decisions = new JdbcDecisions(transactions);
        this.accounts = new JpaAccounts(transactions, secrets);
        this.sessions = new JdbcSessions(transactions, secrets);
        this.uploads = new JdbcUploads(transactions);
        this.requests = new JdbcRequests(transactions);
        this.attempts = new JdbcAttempts(transactions);
        this.imageHosts = new JdbcImageHosts(transactions);
    }

    /** Starts one that lacks a database and a secret key. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Sees whether the database can be used, with this secret key. The first key that a database is checked with is the one
     * that it stays with.
     *
     * @throws StorageUnavailableException if it cannot be reached
     * @throws StorageException if it has no tables yet, was changed by a later version of the program, can only be read, or
     *     belongs to another secret key; the message is one line
     */
    public void check() {
        database.check();
        transactions.call(unit -> unit.jdbc(secretCheck::verify));
    }

    /**
     * Returns whether the database has no tables of a library yet. Creates nothing.
     *
     * @throws StorageUnavailableException if it cannot be reached
     * @throws StorageException if it was changed by a later version of the program
     */
    public boolean isNew() {
        return database.isNew();
    }

    /**
     * Brings the tables up to date, or makes them, and makes resources that were saved by a version without search be found.
     * Processes that do it at the same time wait for one another.
     *
     * @throws StorageUnavailableException if the database cannot be reached
     * @throws StorageException if its tables cannot be changed, were changed by a later version of the program, or its encoding is
     *     not UTF-8; in the latter two cases nothing was changed
     */
    public void migrate() {
        database.migrate();
        boolean more = true;
        while (more) {
            more = transactions.call(SearchIndex::writeMissing);
        }
    }

    /**
     * Connections to the database, for what an app keeps there beside a library: each is taken for a moment and given back.
     * While the database cannot be reached, asking for one takes up to ten seconds.
     * They end with this storage, unless they were the caller's from the beginning.
     */
    public DataSource connections() {
        return database.patientSource();
    }

    @Override
    public LibraryId id() {
        LibraryId known = id;
        if (known == null) {
            known = transactions.call(unit -> new LibraryId(unit.session()
                    .createNativeQuery("select id from library", UUID.class)
                    .getSingleResult()));
            id = known;
        }
        return known;
    }

    @Override
    public ResourceRepository resources() {
        return resources;
    }

    @Override
    public PeerRepository peers() {
        return peers;
    }

    @Override
    public SyncLogRepository syncLogs() {
        return syncLogs;
    }

    @Override
    public HarvestRepository harvest() {
        return harvest;
    }

    @Override
    public ReviewQueue reviewQueue() {
        return reviewQueue;
    }

    @Override
    public Catalogue catalogue() {
        return catalogue;
    }

    @Override
    public TagRepository tags() {
        return tags;
    }

    @Override
    public DecisionRepository decisions() {
        return decisions;
    }

    @Override
    public AccountRepository accounts() {
        return accounts;
    }

    @Override
    public UploadRepository uploads() {
        return uploads;
    }

    @Override
    public SessionRepository sessions() {
        return sessions;
    }

    @Override
    public AttemptLog attempts() {
        return attempts;
    }

    @Override
    public RequestLog requests() {
        return requests;
    }

    @Override
    public ImageHostRepository imageHosts() {
        return imageHosts;
    }

    @Override
    public <T> T inTransaction(Supplier<T> work) {
        return transactions.inTransaction(work);
    }

    /** Gives free the peers that are still claimed, and closes the connections unless they are the caller's. */
    @Override
    public void close() {
        leases.close();
        database.close();
    }

    /** Puts a storage together. */
    public static final class Builder {

        private static final Duration SHORTEST_LEASE = Duration.ofMillis(100);

        private @Nullable DataSource dataSource;
        private @Nullable String jdbcUrl;
        private String user = "";
        private String password = "";
        private byte @Nullable [] secretKey;
        private int poolSize = 10;
        private String program = "library-persistence-jpa";
        private Duration leaseTime = Duration.ofSeconds(15);

        private Builder() {}

        /**
         * Connects to this database, with a pool of its own.
         *
         * @param jdbcUrl begins with {@code jdbc:postgresql:}
         * @throws IllegalArgumentException if it does not
         */
        public Builder database(String jdbcUrl, String user, String password) {
            if (!jdbcUrl.startsWith("jdbc:postgresql:")) {
                // Not shown: people put passwords there.
                throw new IllegalArgumentException("database URL does not begin with jdbc:postgresql:");
            }
            this.jdbcUrl = jdbcUrl;
            this.user = user;
            this.password = password;
            return this;
        }

        /**
         * Uses these connections instead, and leaves them open at the end. With the driver's {@code reWriteBatchedInserts}
         * it writes faster; without {@code logServerErrorDetail=false}, failures may quote what was to be written.
         */
        public Builder dataSource(DataSource source) {
            this.dataSource = source;
            return this;
        }

        /**
         * Encrypts API keys with this key, which must be the same for as long as the database exists.
         *
         * @throws IllegalArgumentException if it is not 32 bytes long
         */
        public Builder secretKey(byte[] key) {
            if (key.length != Secrets.KEY_BYTES) {
                throw new IllegalArgumentException("secret key is " + key.length + " bytes long; it must be 32");
            }
            this.secretKey = key.clone();
            return this;
        }

        /**
         * Names the program and its version. Each change of the tables is recorded with it, so that an earlier version of the
         * program can say which one is needed.
         */
        public Builder program(String nameAndVersion) {
            this.program = nameAndVersion;
            return this;
        }

        /**
         * Holds at most so many connections; 10 unless told. For {@link #database} only.
         *
         * @throws IllegalArgumentException if it is below 2: leases are prolonged on a connection of their own
         */
        public Builder poolSize(int connections) {
            if (connections < 2) {
                throw new IllegalArgumentException("pool size is " + connections + "; it must be at least 2");
            }
            this.poolSize = connections;
            return this;
        }

        /**
         * How long after its last sign of life a process loses the peers that it syncs; 15 seconds unless told. It must be the same
         * for all processes on one database.
         *
         * @throws IllegalArgumentException if it is below 100 milliseconds
         */
        public Builder leaseTime(Duration time) {
            if (time.compareTo(SHORTEST_LEASE) < 0) {
                throw new IllegalArgumentException("lease time is " + time + "; it must be at least " + SHORTEST_LEASE);
            }
            this.leaseTime = time;
            return this;
        }

        /**
         * Makes the storage, without I/O.
         *
         * @throws IllegalStateException if database or secret key are missing
         */
        public JpaStorage build() {
            if (secretKey == null) {
                throw new IllegalStateException("no secret key is given");
            }
            return new JpaStorage(connections(), new Secrets(secretKey), leaseTime);
        }

        private Database connections() {
            if (dataSource != null) {
                return Database.using(dataSource, program);
            }
            if (jdbcUrl == null) {
                throw new IllegalStateException("no database is given");
            }
            return Database.at(jdbcUrl, user, password, poolSize, program);
        }
    }
}
