package org.librarypeers.sync.inmemory;

import java.util.Optional;
import java.util.stream.Stream;
import org.librarypeers.domain.PeerHost;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Tag;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.catalogue.ImageHostRepository;

record InMemoryImageHosts(InMemoryStorage storage) implements ImageHostRepository {

    @Override
    public Optional<ImageHost> find(PeerHost host) {
        return storage.with(tables -> Optional.ofNullable(tables.imageHosts.get(host)));
    }

    @Override
    public void save(ImageHost host) {
        storage.change(tables -> {
            ImageHost before = tables.imageHosts.put(host.host(), host);
            if (before != null && before.answers() != host.answers()) {
                tables.resources.replaceAll((guid, entry) -> shows(entry, host.host()) ? moved(entry, host) : entry);
            }
        });
    }

    private static boolean shows(CatalogueEntry entry, PeerHost host) {
        ResourceContent content = entry.resource().content();
        return Stream.concat(
                        Stream.ofNullable(content.image()),
                        content.tags().stream().map(Tag::image).flatMap(Stream::ofNullable))
                .anyMatch(
                        image -> PeerHost.ofAddress(image).filter(host::equals).isPresent());
    }

    private static CatalogueEntry moved(CatalogueEntry entry, ImageHost host) {
        return new CatalogueEntry(
                entry.id(),
                entry.position(),
                entry.creator(),
                entry.resource().servedAnew(host.checked()),
                entry.attachments(),
                entry.taggings());
    }
}
