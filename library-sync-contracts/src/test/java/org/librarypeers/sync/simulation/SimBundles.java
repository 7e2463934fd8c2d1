package org.librarypeers.sync.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.librarypeers.bundle.BundleContents;
import org.librarypeers.bundle.BundleLimits;
import org.librarypeers.bundle.BundleRequest;
import org.librarypeers.bundle.Bundles;
import org.librarypeers.bundle.CarriedFile;
import org.librarypeers.bundle.OpenedBundle;
import org.librarypeers.bundle.WrittenBundle;
import org.librarypeers.domain.Guid;
import org.librarypeers.domain.OfferFacts;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.SelectionRule;
import org.librarypeers.sync.bundles.SigningKey;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.Deletion;
import org.librarypeers.sync.catalogue.FeedPage;

/** The bundles of the libraries of a world. They are written, signed and opened by the production code. */
final class SimBundles {

    private final SimDocuments documents;
    private final Map<SimLibrary, SigningKey> keys = new HashMap<>();
    private final List<SimBundle> kept = new ArrayList<>();

    private int count;

    SimBundles(World world) {
        this.documents = new SimDocuments(world);
    }

    /** Returns the bundles that people keep, the oldest first. */
    List<SimBundle> kept() {
        return kept;
    }

    /** Keeps a bundle, so that it may be read at any time. */
    void keep(SimBundle bundle) {
        kept.add(bundle);
    }

    /**
     * Writes a bundle.
     *
     * @param after the feed position after which it begins
     * @param since the time since which its resources were changed or deleted; null if any
     * @param only the rule that takes its resources
     * @param chunk the number of resources of an entry
     */
    SimBundle write(SimLibrary sender, long after, @Nullable Instant since, SelectionRule only, int chunk) {
        Bundles bundles = new Bundles(documents, BundleLimits.DEFAULTS, sender.clock).withChunk(chunk);
        SigningKey key = keys.computeIfAbsent(sender, library -> bundles.newKey());
        String name = "bundle " + ++count;
        boolean isGapless = since == null && only.takesEverything();
        Contents contents = new Contents(sender, since, only, new TreeMap<>(), new TreeMap<>());
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        BundleRequest request = new BundleRequest(
                sender.storage.id(), sender.name, sender.host, key, after, isGapless ? null : "a part", 0);
        try {
            WrittenBundle bundle = bundles.write(file, Path.of(name), request, contents);
            return new SimBundle(
                    name,
                    sender,
                    file.toByteArray(),
                    key.publicKey(),
                    after,
                    bundle.upTo(),
                    isGapless,
                    contents.listed(),
                    contents.deleted());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Opens a bundle, and closes it after the work. */
    void open(SimBundle bundle, Consumer<OpenedBundle> work) {
        try {
            Path file = Files.createTempFile("bundle", ".zip");
            try {
                Files.write(file, bundle.file());
                Bundles bundles = new Bundles(documents, BundleLimits.DEFAULTS, bundle.sender().clock);
                try (OpenedBundle opened = bundles.open(file)) {
                    work.accept(opened);
                }
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The contents of a bundle, which are recorded when they are selected. */
    private record Contents(
            SimLibrary sender,
            @Nullable Instant since,
            SelectionRule only,
            Map<Guid, String> listed,
            Map<Guid, String> deleted)
            implements BundleContents {

        @Override
        public FeedPage feed(long after, int limit) {
            return sender.storage.catalogue().feed(after, limit);
        }

        @Override
        public boolean isSelected(CatalogueEntry entry) {
            Resource resource = entry.resource();
            boolean selected = isRecent(resource.updated())
                    && (only.takesEverything()
                            || only.takes(OfferFacts.of(
                                    resource.content(),
                                    resource.updated().atOffset(ZoneOffset.UTC).toLocalDate())));
            if (selected) {
                listed.put(resource.guid(), resource.updated().toString());
            }
            return selected;
        }

        @Override
        public boolean isSelected(Deletion deletion) {
            boolean selected = isRecent(deletion.at());
            if (selected) {
                deleted.put(deletion.guid(), deletion.at().toString());
            }
            return selected;
        }

        private boolean isRecent(Instant at) {
            return since == null || !at.isBefore(since);
        }

        @Override
        public List<CarriedFile> files(CatalogueEntry entry) {
            return List.of();
        }
    }
}
