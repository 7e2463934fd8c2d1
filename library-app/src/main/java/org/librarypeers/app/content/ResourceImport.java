package org.librarypeers.app.content;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.librarypeers.app.Library;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.Incoming;
import org.librarypeers.domain.Origin;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.UserName;
import org.librarypeers.http.wire.InvalidDocumentException;
import org.librarypeers.http.wire.OrbJson;
import org.librarypeers.http.wire.ResourceDocument;
import org.librarypeers.sync.port.Storage;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes in resources as a library's own, from JSON Lines in the ORB v1 detail form. All or nothing: a line that makes no sense
 * keeps the whole file out. Importing a file again changes nothing.
 */
public final class ResourceImport {

    private static final int PROBLEMS_TOLD = 20;

    private final Library library;

    /** An import into that library. */
    public ResourceImport(Library library) {
        this.library = library;
    }

    /**
     * What came of an import.
     *
     * @param added were not known
     * @param updated were the library's own, and say something else now
     * @param unchanged say the same already
     * @param kept come from a peer, and were left alone
     * @param problems lines that make no sense, the first ones; if there are any, nothing was imported
     */
    public record Outcome(int added, int updated, int unchanged, int kept, List<String> problems) {}

    /**
     * Imports the lines; blank ones are passed over.
     *
     * @param approve whether to publish what is new
     * @throws IOException if the lines cannot be read
     */
    public Outcome run(BufferedReader lines, boolean approve) throws IOException {
        Map<Guid, Incoming> resources = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!line.isBlank() && problems.size() < PROBLEMS_TOLD) {
                read(line, number, resources, problems);
            }
        }
        if (!problems.isEmpty()) {
            return new Outcome(0, 0, 0, 0, problems);
        }
        return library.storage().inTransaction(() -> save(resources, approve));
    }

    private void read(String line, int number, Map<Guid, Incoming> resources, List<String> problems) {
        try {
            JsonNode json = OrbJson.read(line.getBytes(StandardCharsets.UTF_8));
            if (!(json instanceof ObjectNode object)) {
                problems.add("line " + number + ": no JSON object");
                return;
            }
            Incoming incoming =
                    ResourceDocument.read(object, library.settings().languages().get(0));
            if (resources.put(incoming.guid(), incoming) != null) {
                problems.add("line " + number + ": guid " + incoming.guid() + " is that of an earlier line");
            }
        } catch (InvalidDocumentException e) {
            problems.add("line " + number + ": " + e.getMessage());
        } catch (JacksonException e) {
            problems.add("line " + number + ": no JSON (" + e.getOriginalMessage() + ")");
        }
    }

    private Outcome save(Map<Guid, Incoming> resources, boolean approve) {
        Storage storage = library.storage();
        Instant now = library.clock().instant();
        Map<Guid, Resource> known = storage.resources().findForUpdate(resources.keySet());
        List<Resource> changed = new ArrayList<>();
        int kept = 0;
        int updated = 0;
        for (Incoming incoming : resources.values()) {
            Resource before = known.get(incoming.guid());
            if (before == null) {
                Resource added = Resource.create(incoming.guid(), incoming.content(), UserName.SYSTEM, now);
                changed.add(approve ? added.approve(now) : added);
            } else if (before.origin() instanceof Origin.FromPeer) {
                kept++;
            } else if (!before.content().fingerprint().equals(incoming.content().fingerprint())) {
                changed.add(before.edit(incoming.content(), UserName.SYSTEM, now));
                updated++;
            }
        }
        storage.resources().save(changed);
        int added = changed.size() - updated;
        return new Outcome(added, updated, resources.size() - changed.size() - kept, kept, List.of());
    }
}
