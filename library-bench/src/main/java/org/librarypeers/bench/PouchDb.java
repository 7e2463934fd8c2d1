package org.librarypeers.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A PouchDB with the synthetic resources, from which another one replicates over HTTP. Closing it ends the server. */
final class PouchDb implements AutoCloseable {

    private static final ForeignProgram PROGRAM = ForeignProgram.POUCHDB;

    private final Workbench bench;
    private final ServedLibrary server;

    private PouchDb(Workbench bench, ServedLibrary server) {
        this.bench = bench;
        this.server = server;
    }

    /** Starts a server. Returns null if PouchDB is not installed, and the report then says so. */
    static @Nullable PouchDb start(Workbench bench, String scenario) throws IOException {
        if (!PROGRAM.isInstalled(bench, scenario)) {
            return null;
        }
        String folder = bench.newFolder().toString();
        String content = bench.content(0).toString();
        return new PouchDb(bench, ServedLibrary.start(PROGRAM.builder(bench.newFolder(), "serve", folder, content)));
    }

    /** Replicates all resources into a new database, and returns their number in a second. */
    double replicate() {
        try {
            String printed = PROGRAM.run(
                    bench.newFolder(),
                    "pull",
                    bench.newFolder().toString(),
                    server.address().resolve("/source").toString());
            JsonNode result = new ObjectMapper().readTree(printed);
            int docs = result.get("docs").asInt();
            if (docs != bench.library().size()) {
                throw new IllegalStateException("PouchDB replicated " + docs + " resources");
            }
            return docs / result.get("seconds").asDouble();
        } catch (IOException e) {
            throw new UncheckedIOException("PouchDB did not replicate", e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
