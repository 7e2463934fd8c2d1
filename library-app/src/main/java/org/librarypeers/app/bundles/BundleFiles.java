package org.librarypeers.app.bundles;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.librarypeers.app.files.MediaAddress;
import org.librarypeers.bundle.BundleFile;
import org.librarypeers.bundle.CarriedFile;
import org.librarypeers.bundle.OpenedBundle;
import org.librarypeers.domain.Attachment;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.sync.catalogue.CatalogueEntry;
import org.librarypeers.sync.files.FileStore;
import org.librarypeers.sync.files.FileTooLargeException;
import org.librarypeers.sync.files.StoredFile;

/** The files that bundles carry: those of this library, and those that earlier bundles brought. */
record BundleFiles(FileStore files) {

    /** Returns the files and the picture of a resource that this library has. */
    List<CarriedFile> of(CatalogueEntry entry) {
        ResourceContent content = entry.resource().content();
        Set<String> addresses = new LinkedHashSet<>();
        if (content.image() != null) {
            addresses.add(content.image());
        }
        content.attachments().stream().map(Attachment::url).forEach(addresses::add);
        List<CarriedFile> carried = new ArrayList<>();
        for (String address : addresses) {
            MediaAddress.sha256(address)
                    .flatMap(files::find)
                    .ifPresent(
                            file -> carried.add(new CarriedFile(address, file.sizeBytes(), () -> files.open(file, 0))));
        }
        return carried;
    }

    /**
     * Keeps the files of a bundle whose addresses have the same digest. Returns how many are new.
     *
     * @throws IOException if the bundle cannot be read, or the files cannot be written
     */
    int keep(OpenedBundle bundle) throws IOException {
        int kept = 0;
        Set<String> seen = new LinkedHashSet<>();
        for (BundleFile file : bundle.files()) {
            boolean named = MediaAddress.sha256(file.address())
                    .filter(file.sha256()::equals)
                    .isPresent();
            if (named && seen.add(file.sha256()) && files.find(file.sha256()).isEmpty()) {
                try (InputStream in = bundle.open(file)) {
                    StoredFile stored = files.put(in, file.size());
                    kept += stored.sha256().equals(file.sha256()) ? 1 : 0;
                } catch (FileTooLargeException e) {
                    throw new IOException("the file " + file.sha256() + " of the bundle is larger than it states", e);
                }
            }
        }
        return kept;
    }
}
