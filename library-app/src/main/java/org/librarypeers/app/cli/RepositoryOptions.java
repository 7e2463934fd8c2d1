package org.librarypeers.app.cli;

import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.DublinCoreMapping;
import org.librarypeers.domain.PeerAccess;
import picocli.CommandLine.Option;

/** The options of a peer that is an OAI-PMH repository. */
final class RepositoryOptions {

    @Option(
            names = "--oai-set",
            paramLabel = "SET",
            description =
                    "The setSpec of the set that is read of a repository; an empty text for all of it, which is the default.")
    private @Nullable String set;

    @Option(
            names = "--oai-prefix",
            paramLabel = "PREFIX",
            description =
                    "The metadata format that is requested of a repository (default: oai_dc). It must contain Dublin Core.")
    private @Nullable String prefix;

    @Option(
            names = "--oai-map",
            paramLabel = "MAPPING",
            description =
                    "Which fields the Dublin Core elements of a repository fill, where that differs from the default, for"
                            + " example 'type=tag:Resource Type; rights=nothing; texts-in=fr'. An empty text restores the default.")
    private @Nullable String mapping;

    /** Returns whether one of the options was given. */
    boolean isGiven() {
        return set != null || prefix != null || mapping != null;
    }

    /** Returns the access to a repository with the given options. */
    PeerAccess.Oai access(URI url) {
        return changed(new PeerAccess.Oai(url));
    }

    /** Returns the access with the changes of the options. */
    PeerAccess.Oai changed(PeerAccess.Oai before) {
        return new PeerAccess.Oai(
                before.url(),
                set == null ? before.set() : set,
                Objects.requireNonNullElse(prefix, before.prefix()),
                mapping == null ? before.mapping() : DublinCoreMapping.parse(mapping));
    }
}
