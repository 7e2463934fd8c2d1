package org.librarypeers.app.wiring;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.librarypeers.app.config.FileStoreKind;
import org.librarypeers.app.files.DiskFiles;
import org.librarypeers.app.files.FallbackFiles;
import org.librarypeers.app.files.ManagedFiles;
import org.librarypeers.app.s3.S3Files;
import org.librarypeers.http.HttpPeerClient;
import org.librarypeers.http.RequestListener;

/** The stores of uploaded files that the settings describe. The caller closes them. */
public final class FileStores {

    /** The folder of the uploaded files under the home. */
    static final String FILES = "files";

    private static final String INCOMING = "incoming";

    private FileStores() {}

    /**
     * Returns the store that the library uses. If the settings name a bucket, the files of the other store can be read too, so
     * that files can be moved while the library is used.
     *
     * @throws IllegalArgumentException if the settings choose an object store but name no bucket
     */
    static ManagedFiles inUse(LibrarySettings settings, Clock clock) {
        ManagedFiles present = of(settings.fileStore(), settings, clock);
        if (settings.s3().isEmpty()) {
            return present;
        }
        return new FallbackFiles(present, of(other(settings.fileStore()), settings, clock));
    }

    private static FileStoreKind other(FileStoreKind kind) {
        return kind == FileStoreKind.DISK ? FileStoreKind.S3 : FileStoreKind.DISK;
    }

    /**
     * Returns the store of this kind alone.
     *
     * @throws IllegalArgumentException if it is an object store, and the settings name no bucket
     */
    public static ManagedFiles of(FileStoreKind kind, LibrarySettings settings, Clock clock) {
        return switch (kind) {
            case DISK -> new DiskFiles(folder(settings), clock);
            case S3 ->
                s3(settings, clock)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "an object store needs the setting files.s3.bucket; set it, or set files.store to"
                                        + " disk"));
        };
    }

    /** Returns the object store, or an empty {@code Optional} if the settings name no bucket. */
    static Optional<S3Files> s3(LibrarySettings settings, Clock clock) {
        return settings.s3()
                .map(bucket -> new S3Files(
                        bucket,
                        () -> {
                            try (HttpPeerClient client =
                                    PeerConnections.client(settings, clock, RequestListener.NONE)) {
                                return client.tls();
                            }
                        },
                        folder(settings).resolve(INCOMING),
                        clock));
    }

    /** Returns the directory of files on the disk, and of uploads that are not complete. */
    static Path folder(LibrarySettings settings) {
        return settings.home().resolve(FILES);
    }
}
