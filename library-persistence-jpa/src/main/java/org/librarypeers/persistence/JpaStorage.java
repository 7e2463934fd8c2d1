package org.librarypeers.persistence;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.LibraryId;
import org.librarypeers.sync.DaemonThreads;
import org.librarypeers.sync.library.Freshness;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.library.ReadAccess;
import org.librarypeers.sync.storage.StorageException;
import org.librarypeers.sync.storage.StorageUnavailableException;

/**
 * A {@link LibraryStorage} on PostgreSQL.
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
 * <p>Building it does no I/O; it connects on first use. Thread-safe. Any number of processes may use one database at
 * the same time. API keys are encrypted with the secret key, so the database alone does not reveal them.
 */
public final class JpaStorage extends Repositories implements AutoCloseable {

    private final Database database;
    private final Transactions transactions;
    private final Leases leases;
    private final SecretCheck secretCheck;
    private volatile @Nullable LibraryId id;
    private final Maintenance maintenance;
    private final @Nullable ReplicaStorage replica;

    private JpaStorage(
            Database database, @Nullable Replica replica, Secrets secrets, Transactions transactions, Leases leases) {
        super(transactions, secrets, leases);
        this.database = database;
        this.transactions = transactions;
        this.secretCheck = new SecretCheck(secrets);
        this.leases = leases;
        this.maintenance = new Maintenance(database, transactions, secretCheck);
        this.replica = replica == null ? null : new ReplicaStorage(database, transactions, replica, secrets);
    }

    /** Returns a new builder. It needs a database and a secret key. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Checks that the database can be used with this secret key. From then on, the database requires the key with which
     * it was first checked.
     *
     * @throws StorageUnavailableException if the database cannot be reached
     * @throws StorageException if the database has no tables yet, was changed by a later version of the program, has
     *     tables of a development build or of another application under the same names, is read-only, or belongs to
     *     another secret key; the message is one line
     */
    public void check() {
        database.check();
        transactions.call(unit -> unit.jdbc(secretCheck::verify));
    }

    /**
     * Returns whether the database has no library tables yet. Changes nothing.
     *
     * @throws StorageUnavailableException if the database cannot be reached
     * @throws StorageException if the database was changed by a later version of the program, or has tables of a
     *     development build or of another application under the same names
     */
    public boolean isNew() {
        return database.isNew();
    }

    /**
     * Returns whether the tables are those of an earlier version, which {@link #migrate} would change.
     *
     * @throws StorageException as {@link #isNew} does
     */
    public boolean isOutdated() {
        return database.isOutdated();
    }

    /**
     * Creates the tables, or migrates them to the current version. Creates the {@linkplain Builder#schema schema} if it
     * does not exist. Processes that migrate at the same time wait for one another.
     *
     * @throws StorageUnavailableException if the database cannot be reached
     * @throws StorageException if the tables cannot be changed. Nothing was changed if the reason is that a later
     *     version of the program changed the tables, that there are tables of a development build or of another
     *     application under the same names, or that the encoding of the database is not UTF-8.
     */
    public void migrate() {
        database.migrate();
    }

    /**
     * Loads Hibernate on another thread, which takes about a second and needs no connection to the database. Without
     * this call, the first use that needs Hibernate loads it.
     */
    public void warmUp() {
        DaemonThreads.named("library-warm-up").newThread(database::warmUp).start();
    }

    /**
     * Returns connections to the database, for other tables that an app keeps there. Close each connection soon after
     * use. With the storage's own pool, requesting a connection takes up to ten seconds while the database cannot be
     * reached. Closing this storage closes the pool, but not connections that the caller supplied.
     */
    public DataSource connections() {
        return database.patientSource();
    }

    /**
     * Returns whether a connection pooler such as pgbouncer is between this program and the database server.
     *
     * @throws StorageUnavailableException if the database cannot be reached
     */
    public boolean isPooled() {
        return database.isPooled();
    }

    /** Returns the state of the connection pool. */
    public PoolFigures pool() {
        return database.pool();
    }

    /** Returns the state of the read replica as of the last check. Empty without a replica. */
    public Optional<ReplicaState> replica() {
        return Optional.ofNullable(replica).map(ReplicaStorage::state);
    }

    /**
     * Checks the read replica now. Waits up to a limit for it to replay what the primary has written by then.
     *
     * @return the state, or an empty {@code Optional} if there is no replica
     */
    public Optional<ReplicaState> examineReplica(Duration limit) {
        return Optional.ofNullable(replica).map(used -> used.examine(limit));
    }

    /** Returns the operations on the library as a whole: snapshots, and the change of the secret key. */
    public Maintenance maintenance() {
        return maintenance;
    }

    @Override
    public LibraryId id() {
        LibraryId known = id;
        if (known == null) {
            known = transactions.read(connection -> Sql.first(
                            connection, "select id from library", row -> new LibraryId(row.getObject(1, UUID.class)))
                    .orElseThrow());
            id = known;
        }
        return known;
    }

    @Override
    public ReadAccess reading(Freshness freshness) {
        return replica == null ? super.reading(freshness) : replica.reading(freshness);
    }

    /** Releases the leases that are still held, and closes the connections unless the caller supplied them. */
    @Override
    public void close() {
        leases.close();
        if (replica != null) {
            replica.close();
        }
        database.close();
    }

    /** A builder of {@link JpaStorage}. Not thread-safe. */
    public static final class Builder {

        private static final Duration SHORTEST_LEASE = Duration.ofMillis(100);
        private static final Duration SHORTEST_LAG = Duration.ofSeconds(1);

        private static final Pattern SCHEMA = Pattern.compile("(?!pg_)[a-z_][a-z0-9_]{0,62}");

        private @Nullable DataSource dataSource;
        private @Nullable String jdbcUrl;
        private @Nullable String replicaUrl;
        private Duration maxLag = Duration.ZERO;
        private String user = "";
        private String password = "";
        private byte @Nullable [] secretKey;
        private @Nullable String schema;
        private int poolSize = 10;
        private String program = "library-persistence-jpa";
        private Duration leaseTime = Duration.ofSeconds(15);

        private Builder() {}

        /**
         * Sets the database to connect to, with a pool that belongs to the storage.
         *
         * <p>The URL may name several hosts of a cluster: {@code jdbc:postgresql://one,two/library}. Connections are then made to
         * the primary only, and when another host becomes the primary, all connections are renewed. If a connection pooler
         * is detected, no statements are prepared on the server. Parameters in the URL have precedence over these defaults.
         *
         * @param jdbcUrl the JDBC URL, which must begin with {@code jdbc:postgresql:}
         * @throws IllegalArgumentException if the URL begins with anything else
         */
        public Builder database(String jdbcUrl, String user, String password) {
            this.jdbcUrl = requireJdbcUrl(jdbcUrl);
            this.user = user;
            this.password = password;
            return this;
        }

        private static String requireJdbcUrl(String url) {
            if (!url.startsWith("jdbc:postgresql:")) {
                // The URL is not shown, because it may contain a password.
                throw new IllegalArgumentException("database URL does not begin with jdbc:postgresql:");
            }
            return url;
        }

        /**
         * Sets a read replica, which answers the reads of {@link JpaStorage#reading} as long as it is fresh enough: a standby
         * of the primary that replays its log. It has a pool of its own, of the same size, and the user and password of
         * {@link #database}, which it needs. Without a replica, the primary answers all reads.
         *
         * @param url the JDBC URL, which must begin with {@code jdbc:postgresql:}; may name several standbys
         * @param lag the maximum age of changes that {@linkplain Freshness#RECENT recent} reads may lack
         * @throws IllegalArgumentException if the URL begins with anything else, or the lag is below a second
         */
        public Builder replica(String url, Duration lag) {
            if (lag.compareTo(SHORTEST_LAG) < 0) {
                throw new IllegalArgumentException("lag is " + lag + "; it must be at least " + SHORTEST_LAG);
            }
            this.replicaUrl = requireJdbcUrl(url);
            this.maxLag = lag;
            return this;
        }

        /**
         * Sets the connections to use instead of {@link #database}. The storage does not close them. Writes are faster
         * with the driver's {@code reWriteBatchedInserts}. A pooler in transaction mode needs {@code prepareThreshold=0}. Without {@code logServerErrorDetail=false}, error messages
         * may quote the values of a failed statement.
         */
        public Builder dataSource(DataSource source) {
            this.dataSource = source;
            return this;
        }

        /**
         * Sets the PostgreSQL schema of the library tables. The default is the schema to which the connections are set,
         * usually {@code public}. In a schema of its own, the library cannot collide with tables of another
         * application. {@link JpaStorage#migrate} creates the schema. Connections from {@link #dataSource} are set to
         * it while the storage uses them, which takes two more statements per transaction.
         *
         * @param name 1 to 63 lower-case letters, digits and underscores, without a digit at the start
         * @throws IllegalArgumentException if the name contains anything else, or begins with {@code pg_}
         */
        public Builder schema(String name) {
            if (!SCHEMA.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "schema name is '" + name + "'; it must consist of 1 to 63 lower-case"
                                + " letters, digits and underscores, and begin with neither a digit nor pg_");
            }
            this.schema = name;
            return this;
        }

        /**
         * Sets the key that encrypts API keys. It must stay the same for as long as the database exists.
         *
         * @param key 32 bytes, which are copied
         * @throws IllegalArgumentException if the key is not 32 bytes long
         */
        public Builder secretKey(byte[] key) {
            if (key.length != Secrets.KEY_BYTES) {
                throw new IllegalArgumentException("secret key is " + key.length + " bytes long; it must be 32");
            }
            this.secretKey = key.clone();
            return this;
        }

        /**
         * Sets the name and version of the program. They are recorded with each migration, so that an earlier version
         * of the program can say which version is needed.
         */
        public Builder program(String nameAndVersion) {
            this.program = nameAndVersion;
            return this;
        }

        /**
         * Sets the maximum number of connections in the pool of {@link #database}. The default is 10.
         *
         * @throws IllegalArgumentException if the number is below 2, because leases are prolonged on a separate
         *     connection
         */
        public Builder poolSize(int connections) {
            if (connections < 2) {
                throw new IllegalArgumentException("pool size is " + connections + "; it must be at least 2");
            }
            this.poolSize = connections;
            return this;
        }

        /**
         * Sets how long a lease lasts after its last heartbeat. The default is 15 seconds. It must be the same for all
         * processes on one database.
         *
         * @throws IllegalArgumentException if the time is below 100 milliseconds
         */
        public Builder leaseTime(Duration time) {
            if (time.compareTo(SHORTEST_LEASE) < 0) {
                throw new IllegalArgumentException("lease time is " + time + "; it must be at least " + SHORTEST_LEASE);
            }
            this.leaseTime = time;
            return this;
        }

        /**
         * Creates the storage, without I/O.
         *
         * @throws IllegalStateException if the database or the secret key is missing
         */
        public JpaStorage build() {
            if (secretKey == null) {
                throw new IllegalStateException("no secret key is set; call secretKey");
            }
            Database database = connections();
            Replica replica = replicaUrl == null
                    ? null
                    : Replica.at(replicaUrl, user, password, poolSize, schema, database, maxLag);
            Transactions transactions = new Transactions(database);
            return new JpaStorage(
                    database, replica, new Secrets(secretKey), transactions, new Leases(transactions, leaseTime));
        }

        private Database connections() {
            if (dataSource != null) {
                return Database.using(dataSource, schema, program);
            }
            if (jdbcUrl == null) {
                throw new IllegalStateException("no database is set; call database or dataSource");
            }
            return Database.at(jdbcUrl, user, password, poolSize, schema, program);
        }
    }
}
