package org.librarypeers.app.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.librarypeers.app.config.FileStoreKind;
import org.librarypeers.app.files.DiskFiles;
import org.librarypeers.app.files.IoFailure;
import org.librarypeers.app.s3.S3Files;
import org.librarypeers.app.wiring.Doctor.Finding;
import org.librarypeers.app.wiring.Doctor.Level;
import org.librarypeers.domain.Count;

/** An examination of the stores of uploaded files. */
final class FilesDiagnosis {

    private static final String FILES = "files";

    private FilesDiagnosis() {}

    /** Examines the directory and, if the settings name one, the bucket. */
    static List<Finding> of(LibrarySettings settings, Clock clock) {
        List<Finding> findings = new ArrayList<>();
        Path folder = FileStores.folder(settings);
        boolean inBucket = settings.fileStore() == FileStoreKind.S3;
        if (Files.exists(folder) && !(Files.isDirectory(folder) && Files.isWritable(folder))) {
            findings.add(new Finding(
                    Level.FAILURE,
                    FILES,
                    folder + " is not a writable directory, so nothing can be uploaded; change its rights"));
        } else if (!inBucket) {
            findings.add(new Finding(
                    Level.OK, FILES, Files.exists(folder) ? folder.toString() : "nothing was uploaded yet"));
        }
        bucket(settings, clock, inBucket).ifPresent(findings::add);
        if (inBucket) {
            left(folder, clock).ifPresent(findings::add);
        }
        return findings;
    }

    private static Optional<Finding> bucket(LibrarySettings settings, Clock clock, boolean used) {
        Level trouble = used ? Level.FAILURE : Level.WARNING;
        try {
            Optional<S3Files> bucket = FileStores.s3(settings, clock);
            if (bucket.isEmpty()) {
                return used
                        ? Optional.of(
                                new Finding(
                                        trouble,
                                        FILES,
                                        "files.store is s3, but files.s3.bucket is not set; set it, or set files.store to disk"))
                        : Optional.empty();
            }
            try (S3Files store = bucket.get()) {
                store.probe();
                String use = used ? "" : "; files.store is disk, so nothing is uploaded there";
                return Optional.of(
                        new Finding(Level.OK, FILES, store + " can be listed, written, read and deleted from" + use));
            }
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of(new Finding(trouble, FILES, String.valueOf(e.getMessage())));
        }
    }

    /** Returns a finding if files are still in the directory. */
    private static Optional<Finding> left(Path folder, Clock clock) {
        long[] number = new long[1];
        try (DiskFiles disk = new DiskFiles(folder, clock)) {
            disk.forEach(file -> number[0]++);
        } catch (IOException e) {
            return Optional.of(new Finding(
                    Level.WARNING, FILES, folder + " cannot be read (" + IoFailure.reason(e) + "); check its rights"));
        }
        return number[0] == 0
                ? Optional.empty()
                : Optional.of(new Finding(
                        Level.WARNING,
                        FILES,
                        Count.of(number[0], "file") + " still in " + folder
                                + "; move them with 'library files move --to s3 --delete'"));
    }
}
