package org.librarypeers.app.api;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.Account;
import org.librarypeers.http.wire.DigestDocument;
import org.librarypeers.http.wire.InvalidDocumentException;
import org.librarypeers.http.wire.OrbTime;
import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.library.Freshness;
import org.librarypeers.sync.library.LibraryStorage;
import org.librarypeers.sync.peer.GuidRange;
import org.librarypeers.sync.peer.PeerSession;
import org.librarypeers.sync.peer.RangeSummarizer;
import org.librarypeers.sync.peer.RangeSummary;
import tools.jackson.databind.node.ObjectNode;

/**
 * The digests of what this library serves, by which other libraries that run this software find what they missed. They cover exactly what
 * the full feed contains, each resource with its update date.
 */
final class DigestEndpoint {

    private static final int DEFAULT_PARTS = 16;

    private final LibraryStorage storage;

    DigestEndpoint(LibraryStorage storage) {
        this.storage = storage;
    }

    void summaries(Context ctx, Account caller) {
        List<GuidRange> ranges = ranges(ctx.queryParam(DigestDocument.RANGES));
        int parts = parts(ctx.queryParam(DigestDocument.PARTS));
        Catalogue catalogue = storage.reading(Freshness.CURRENT).catalogue();
        List<RangeSummary> summaries = new ArrayList<>();
        for (GuidRange range : ranges) {
            summaries.add(catalogue.summary(range, parts, OrbTime::text));
        }
        ObjectNode answer = DigestDocument.write(summaries);
        OrbResponses.feed(ctx, answer.toString(), "en", out -> out.writeTree(answer));
    }

    private static List<GuidRange> ranges(@Nullable String text) {
        if (text == null) {
            return List.of(GuidRange.ALL);
        }
        try {
            List<GuidRange> ranges = DigestDocument.ranges(text);
            if (ranges.size() <= PeerSession.MOST_RANGES) {
                return ranges;
            }
            throw RefusedException.badRequest("A request has at most " + PeerSession.MOST_RANGES + " ranges.");
        } catch (InvalidDocumentException e) {
            throw RefusedException.badRequest("Invalid ranges: " + e.getMessage());
        }
    }

    private static int parts(@Nullable String text) {
        if (text == null) {
            return DEFAULT_PARTS;
        }
        int parts = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
        if (parts < 2 || parts > RangeSummarizer.MOST_PARTS) {
            throw RefusedException.badRequest(
                    "Invalid parts. Please provide a number from 2 to " + RangeSummarizer.MOST_PARTS + ".");
        }
        return parts;
    }
}
