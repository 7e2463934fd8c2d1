package org.librarypeers.app.bundles;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.librarypeers.bundle.BundleContents;
import org.librarypeers.bundle.CarriedFile;
import org.librarypeers.domain.OfferFacts;
import org.librarypeers.domain.Resource;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.Deletion;
import org.librarypeers.sync.catalogue.FeedPage;
import org.librarypeers.sync.library.LibraryStorage;

/** The contents of a library that an order asks for. */
record OrderedContents(LibraryStorage storage, BundleFiles bundleFiles, BundleOrder order) implements BundleContents {

    @Override
    public FeedPage feed(long after, int limit) {
        return storage.catalogue().feed(after, limit);
    }

    @Override
    public boolean isSelected(CatalogueEntry entry) {
        Resource resource = entry.resource();
        return isRecent(resource.updated())
                && (order.only().takesEverything()
                        || order.only()
                                .takes(OfferFacts.of(
                                        resource.content(),
                                        resource.updated()
                                                .atOffset(ZoneOffset.UTC)
                                                .toLocalDate())));
    }

    @Override
    public boolean isSelected(Deletion deletion) {
        return isRecent(deletion.at());
    }

    private boolean isRecent(Instant at) {
        return order.since() == null || !at.isBefore(order.since());
    }

    @Override
    public List<CarriedFile> files(CatalogueEntry entry) {
        return order.withFiles() ? bundleFiles.of(entry) : List.of();
    }
}
