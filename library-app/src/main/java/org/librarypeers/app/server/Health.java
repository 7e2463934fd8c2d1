package org.librarypeers.app.server;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.librarypeers.app.http.SingleLineJson;
import org.librarypeers.sync.scheduler.SyncScheduler;
import org.librarypeers.sync.storage.StorageException;
import org.librarypeers.sync.storage.StorageUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The handlers of {@code GET /health}, {@code /health/live} and {@code /health/ready}. */
final class Health {

    private static final Logger LOG = LoggerFactory.getLogger(Health.class);
    private static final Map<String, String> OK = Map.of("status", "ok");

    private final List<Part> parts;

    /**
     * A part of the library.
     *
     * @param need what fails without it
     * @param trouble returns why it fails, as a message that is safe to publish; an empty {@code Optional} if it works
     */
    private record Part(String name, Need need, Supplier<Optional<String>> trouble) {}

    private enum Need {
        /** No page can be served without it. */
        ALL,
        /** A part of the library does not work without it. */
        SOME,
        /** Everything works without it, but more slowly. */
        NONE
    }

    /**
     * Creates the health check.
     *
     * @param databaseCheck throws a {@link StorageException} if the database cannot be used
     * @param embeddedServer returns whether the embedded server runs; empty if the library has none
     * @param backupTrouble returns why the scheduled backups fail, or an empty {@code Optional}
     * @param replicaTrouble returns why the read replica is not used, or an empty {@code Optional}; empty if there is no
     *     replica
     */
    Health(
            Runnable databaseCheck,
            Supplier<Optional<Boolean>> embeddedServer,
            SyncScheduler schedule,
            DiskCheck disk,
            FilesCheck files,
            Supplier<Optional<String>> backupTrouble,
            Optional<Supplier<Optional<String>>> replicaTrouble) {
        List<Part> all = new ArrayList<>(List.of(
                new Part("database", Need.ALL, () -> database(databaseCheck)),
                new Part("disk", Need.SOME, disk::trouble),
                new Part("files", Need.SOME, files::trouble),
                new Part("schedule", Need.SOME, schedule::standstill),
                new Part("backup", Need.SOME, backupTrouble)));
        if (embeddedServer.get().isPresent()) {
            all.add(1, new Part("embedded-server", Need.SOME, () -> embeddedTrouble(embeddedServer)));
        }
        replicaTrouble.ifPresent(trouble -> all.add(new Part("replica", Need.NONE, trouble)));
        this.parts = List.copyOf(all);
    }

    private static Optional<String> embeddedTrouble(Supplier<Optional<Boolean>> server) {
        return server.get()
                .filter(runs -> !runs)
                .map(runs -> "the embedded database server does not run; serve starts it again");
    }

    /** Sends 503 with the first part that fails, or else 200, with a warning if a part is not used. */
    void answer(Context ctx) {
        for (Part part : parts) {
            Optional<String> trouble = part.trouble().get();
            if (trouble.isPresent() && part.need() == Need.NONE) {
                send(ctx, 200, Map.of("status", "ok", "part", part.name(), "warning", trouble.get()));
                return;
            }
            if (trouble.isPresent()) {
                LOG.warn("health: {}: {}", part.name(), trouble.get());
                send(ctx, 503, Map.of("status", "failing", "part", part.name(), "message", trouble.get()));
                return;
            }
        }
        send(ctx, 200, OK);
    }

    /** Returns why parts do not work, by the name of the part, in the order in which they matter. */
    Map<String, String> troubles() {
        Map<String, String> troubles = new LinkedHashMap<>();
        parts.forEach(part -> part.trouble().get().ifPresent(trouble -> troubles.put(part.name(), trouble)));
        return troubles;
    }

    /** Sends 200: the process answers. */
    void live(Context ctx) {
        send(ctx, 200, OK);
    }

    /** Sends the state of each part: with 503 if a part fails that every page needs, otherwise with 200. */
    void ready(Context ctx) {
        Map<String, Object> states = new LinkedHashMap<>();
        boolean ready = true;
        for (Part part : parts) {
            Optional<String> trouble = part.trouble().get();
            ready &= trouble.isEmpty() || part.need() != Need.ALL;
            states.put(
                    part.name(),
                    trouble.<Map<String, String>>map(Health::failing).orElse(OK));
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("status", ready ? "ok" : "failing");
        answer.put("parts", states);
        send(ctx, ready ? 200 : 503, answer);
    }

    private static Map<String, String> failing(String message) {
        Map<String, String> state = new LinkedHashMap<>();
        state.put("status", "failing");
        state.put("message", message);
        return state;
    }

    private static void send(Context ctx, int status, Map<String, ?> answer) {
        ctx.status(status).header("Cache-Control", "no-store").contentType("application/json");
        ctx.result(SingleLineJson.json(answer));
    }

    private static Optional<String> database(Runnable check) {
        try {
            check.run();
            return Optional.empty();
        } catch (StorageUnavailableException e) {
            LOG.debug("health", e);
            return Optional.of("the database does not answer");
        } catch (StorageException e) {
            LOG.warn("health: {}", e.getMessage());
            return Optional.of("the database cannot be used; see the log for the reason");
        }
    }
}
