package org.librarypeers.app.peers;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.web.FormData;
import org.librarypeers.app.web.Visit;
import org.librarypeers.domain.DublinCoreMapping;
import org.librarypeers.domain.PeerAccess;

/** The fields of the form of a peer that is an OAI-PMH repository. */
final class RepositoryFields {

    /** The value of the field {@code kind} of such a peer. */
    static final String KIND = "oai";

    static final String URL = "url";
    static final String SET = "set";
    static final String PREFIX = "prefix";
    static final String MAPPING = "mapping";

    private RepositoryFields() {}

    /** Fills the fields of a new peer. */
    static FormData defaults(FormData filled) {
        return filled.with(PREFIX, PeerAccess.Oai.DEFAULT_PREFIX);
    }

    /** Fills the fields of an existing peer. */
    static void fill(FormData filled, PeerAccess.Oai access) {
        var unused = filled.with("kind", KIND)
                .with(URL, access.url().toString())
                .with(SET, access.set())
                .with(PREFIX, access.prefix())
                .with(MAPPING, access.mapping().toString());
    }

    /** Returns the typed access; null if a field has an error, which the form then shows. */
    static @Nullable PeerAccess read(Visit visit, FormData filled) {
        URI url = url(visit, filled);
        String prefix = filled.value(PREFIX).isEmpty() ? PeerAccess.Oai.DEFAULT_PREFIX : filled.value(PREFIX);
        // The other fields are checked with any address, so that all errors are shown together.
        URI any = url == null ? URI.create("https://localhost/") : url;
        boolean good = isGood(
                visit,
                filled,
                SET,
                "peers.wrong.set",
                () -> new PeerAccess.Oai(
                        any, filled.orNull(SET), PeerAccess.Oai.DEFAULT_PREFIX, DublinCoreMapping.DEFAULT));
        good &= isGood(
                visit,
                filled,
                PREFIX,
                "peers.wrong.prefix",
                () -> new PeerAccess.Oai(any, null, prefix, DublinCoreMapping.DEFAULT));
        good &= isGood(
                visit, filled, MAPPING, "peers.wrong.mapping", () -> DublinCoreMapping.parse(filled.value(MAPPING)));
        return url == null || !good
                ? null
                : new PeerAccess.Oai(url, filled.orNull(SET), prefix, DublinCoreMapping.parse(filled.value(MAPPING)));
    }

    private static @Nullable URI url(Visit visit, FormData filled) {
        try {
            return PeerAccess.Oai.url(filled.value(URL));
        } catch (IllegalArgumentException e) {
            filled.refuse(URL, visit.say("peers.wrong.url"));
            return null;
        }
    }

    private static boolean isGood(Visit visit, FormData filled, String field, String wrong, Runnable check) {
        try {
            check.run();
            return true;
        } catch (IllegalArgumentException e) {
            filled.refuse(field, visit.say(wrong));
            return false;
        }
    }
}
