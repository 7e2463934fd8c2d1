package org.librarypeers.app.bundles;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.librarypeers.bundle.BundleException;
import org.librarypeers.bundle.BundleManifest;

/**
 * Bundles that were uploaded and wait to be taken, in a folder of this machine. All of them were intact when they were uploaded. They are
 * removed after {@link #KEPT}. Thread-safe.
 */
public final class BundleUploads {

    /** The time for which uploaded bundles are kept. */
    public static final Duration KEPT = Duration.ofDays(7);

    /** The space that stays free for the rest of the library, in bytes. */
    private static final long RESERVE = 64L << 20;

    private static final int ID_BYTES = 16;
    private static final String ID = "[0-9a-f]{" + 2 * ID_BYTES + "}";

    private final Path folder;
    private final Supplier<BundleService> service;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /**
     * Creates the uploads in a folder, which is created when it is needed.
     *
     * @param service returns the service that reads bundles
     */
    public BundleUploads(Path folder, Supplier<BundleService> service, Clock clock) {
        this.folder = folder;
        this.service = service;
        this.clock = clock;
    }

    /**
     * The bundles of one upload, in the order in which they are read.
     *
     * @param id the number of the upload
     * @param bundles the bundles; not empty
     */
    public record Upload(String id, List<Uploaded> bundles) {

        /** Copies the list. */
        public Upload {
            bundles = List.copyOf(bundles);
        }
    }

    /**
     * An uploaded bundle.
     *
     * @param file the file
     * @param manifest its description of itself
     */
    public record Uploaded(Path file, BundleManifest manifest) {}

    /** A file that is being uploaded. */
    public interface Source {

        /** Opens the content. The caller closes the stream. */
        InputStream open();
    }

    /**
     * Returns the folder for the files of a request while it is read.
     *
     * @throws IOException if it cannot be created
     */
    public Path incoming() throws IOException {
        return Files.createDirectories(folder.resolve("incoming"));
    }

    /**
     * Returns whether the disk has room for an upload, which is on it twice for a moment.
     *
     * @param bytes the size of the upload
     * @throws IOException if the disk cannot be read
     */
    public boolean hasRoom(long bytes) throws IOException {
        return Files.getFileStore(incoming()).getUsableSpace() - RESERVE >= 2 * bytes;
    }

    /**
     * Verifies bundles and keeps them. If one of them is not intact, none is kept.
     *
     * @return the number of the upload
     * @throws BundleException if a file is not an intact bundle
     * @throws IOException if a file cannot be read or written
     */
    public String keep(List<? extends Source> sources) throws IOException {
        byte[] number = new byte[ID_BYTES];
        random.nextBytes(number);
        String id = HexFormat.of().formatHex(number);
        Path draft = Files.createDirectories(folder.resolve("draft-" + id));
        try {
            for (int i = 0; i < sources.size(); i++) {
                Path file = draft.resolve(String.format(Locale.ROOT, "%03d.zip", i + 1));
                try (InputStream in = sources.get(i).open()) {
                    Files.copy(in, file);
                }
                service.get().open(file).close();
            }
            Files.move(draft, folder.resolve(id));
            return id;
        } finally {
            delete(draft);
        }
    }

    /**
     * Returns the upload with this number. Returns an empty {@code Optional} if it does not exist on this machine.
     *
     * @throws IOException if it cannot be read
     */
    public Optional<Upload> find(String id) throws IOException {
        Path place = folder.resolve(id);
        if (!id.matches(ID) || !Files.isDirectory(place)) {
            return Optional.empty();
        }
        List<Uploaded> bundles = new ArrayList<>();
        for (Path file : children(place)) {
            bundles.add(new Uploaded(file, service.get().manifest(file)));
        }
        bundles.sort(Comparator.comparing((Uploaded bundle) -> bundle.manifest().library())
                .thenComparing(bundle -> bundle.manifest().after())
                .thenComparing(bundle -> bundle.manifest().upTo()));
        return bundles.isEmpty() ? Optional.empty() : Optional.of(new Upload(id, bundles));
    }

    /**
     * Returns the uploads that wait, in no order, after removing those that are too old.
     *
     * @throws IOException if they cannot be read
     */
    public List<Upload> waiting() throws IOException {
        List<Upload> waiting = new ArrayList<>();
        for (Path place : children(folder)) {
            Instant changed = Files.getLastModifiedTime(place).toInstant();
            if (changed.plus(KEPT).isBefore(clock.instant())) {
                delete(place);
            } else {
                find(place.getFileName().toString()).ifPresent(waiting::add);
            }
        }
        return waiting;
    }

    /**
     * Removes the upload with this number. Does nothing if it does not exist.
     *
     * @throws IOException if it cannot be removed
     */
    public void remove(String id) throws IOException {
        if (id.matches(ID)) {
            delete(folder.resolve(id));
        }
    }

    private static List<Path> children(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(place)) {
            return all.sorted().toList();
        }
    }

    private static void delete(Path place) throws IOException {
        for (Path file : children(place)) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(place);
    }
}
