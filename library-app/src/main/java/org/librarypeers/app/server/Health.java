package org.librarypeers.app.server;

import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.librarypeers.app.http.SingleLineJson;
import org.librarypeers.sync.scheduler.SyncScheduler;
import org.librarypeers.sync.storage.StorageException;
import org.librarypeers.sync.storage.StorageUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The handler of {@code GET /health}: 200, or 503 with the first component that fails. */
final class Health {

    private static final Logger LOG = LoggerFactory.getLogger(Health.class);

    private final Runnable databaseCheck;
    private final SyncScheduler schedule;
    private final DiskCheck disk;
    private final Supplier<Optional<String>> backupTrouble;

    /**
     * Creates the health check.
     *
     * @param databaseCheck throws a {@link StorageException} if the database cannot be used
     * @param backupTrouble returns why the scheduled backups fail, or an empty {@code Optional}
     */
    Health(Runnable databaseCheck, SyncScheduler schedule, DiskCheck disk, Supplier<Optional<String>> backupTrouble) {
        this.databaseCheck = databaseCheck;
        this.schedule = schedule;
        this.disk = disk;
        this.backupTrouble = backupTrouble;
    }

    /** A failing component, with a message that is safe to publish. */
    private record Trouble(String part, String message) {}

    void answer(Context ctx) {
        Optional<Trouble> trouble = trouble();
        trouble.ifPresent(found -> LOG.warn("health: {}: {}", found.part(), found.message()));
        ctx.status(trouble.isEmpty() ? 200 : 503);
        ctx.contentType("application/json");
        ctx.result(SingleLineJson.json(
                trouble.map(found -> Map.of("status", "failing", "part", found.part(), "message", found.message()))
                        .orElse(Map.of("status", "ok"))));
    }

    private Optional<Trouble> trouble() {
        return database()
                .or(() -> disk.trouble().map(message -> new Trouble("disk", message)))
                .or(() -> schedule.standstill().map(message -> new Trouble("schedule", message)))
                .or(() -> backupTrouble.get().map(message -> new Trouble("backup", message)));
    }

    private Optional<Trouble> database() {
        try {
            databaseCheck.run();
            return Optional.empty();
        } catch (StorageUnavailableException e) {
            LOG.debug("health", e);
            return Optional.of(new Trouble("database", "the database does not answer"));
        } catch (StorageException e) {
            LOG.warn("health: {}", e.getMessage());
            return Optional.of(new Trouble("database", "the database cannot be used; see the log for the reason"));
        }
    }
}
