package org.librarypeers.app.pictures;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.librarypeers.app.files.ManagedFiles;
import org.librarypeers.app.files.MediaAddress;
import org.librarypeers.app.http.UrlEncoding;
import org.librarypeers.sync.files.StoredFile;
import org.librarypeers.sync.library.FormerAddresses;
import org.librarypeers.sync.pictures.PictureAddress;
import org.librarypeers.sync.pictures.PictureCopy;

/**
 * The copies of pictures in the file store. A file begins with a line that names the picture. So it never has the same address as
 * an uploaded file or as a copy of another picture, and can be deleted with its picture. Thread-safe.
 */
public final class PictureFiles {

    private static final String START = "LPN picture ";
    private static final int KEY_LENGTH = 64;
    private static final int HEAD_BYTES = START.length() + KEY_LENGTH + 1;

    /** The paths of all files of this library. */
    private static final String OWN = "/media/";

    private static final Pattern UPLOAD = Pattern.compile(OWN + "[^/]+/([0-9a-f]{64})/[^/]*");

    private final ManagedFiles files;
    private final FormerAddresses former;

    /** Creates the access to the pictures of this store. */
    public PictureFiles(ManagedFiles files, FormerAddresses former) {
        this.files = files;
        this.former = former;
    }

    /**
     * Stores a copy.
     *
     * @param address the address of the picture
     */
    PictureCopy put(String address, PictureScaler.Scaled scaled) throws IOException {
        byte[] head = (START + PictureAddress.key(address) + "\n").getBytes(StandardCharsets.US_ASCII);
        InputStream all =
                new SequenceInputStream(new ByteArrayInputStream(head), new ByteArrayInputStream(scaled.bytes()));
        StoredFile file = files.put(all, (long) head.length + scaled.bytes().length);
        return new PictureCopy(file.sha256(), scaled.format(), scaled.width(), scaled.height());
    }

    /** Returns the stored file with this address if it is a picture. */
    Optional<StoredFile> find(String sha256) throws IOException {
        Optional<StoredFile> file = files.find(sha256).filter(each -> each.sizeBytes() > HEAD_BYTES);
        if (file.isEmpty()) {
            return file;
        }
        try (InputStream in = files.open(file.get(), 0, START.length())) {
            byte[] start = in.readNBytes(START.length());
            return START.equals(new String(start, StandardCharsets.US_ASCII)) ? file : Optional.empty();
        }
    }

    /** Returns the size of a picture in bytes. */
    static long size(StoredFile file) {
        return file.sizeBytes() - HEAD_BYTES;
    }

    /** Opens a picture. The caller closes the stream. */
    InputStream open(StoredFile file) throws IOException {
        return files.open(file, HEAD_BYTES, size(file));
    }

    /** Returns whether an address is that of a file of this library. */
    static boolean isOwn(String address) {
        return address.startsWith(OWN);
    }

    /** Opens a file of this library. Returns an empty {@code Optional} if it does not exist. The caller closes the stream. */
    Optional<InputStream> openOwn(String address) throws IOException {
        Matcher upload = UPLOAD.matcher(address);
        Optional<StoredFile> file = upload.matches()
                ? files.find(upload.group(1))
                : decoded(address).flatMap(former::file).flatMap(known -> files.find(known.sha256()));
        return file.isEmpty() ? Optional.empty() : Optional.of(files.open(file.get(), 0));
    }

    /**
     * Opens a file of another library that a bundle brought here. Returns an empty {@code Optional} if this library does not have it. The
     * caller closes the stream.
     *
     * @param maxBytes the largest size of a file to open
     */
    Optional<InputStream> openCarried(String address, long maxBytes) throws IOException {
        Optional<StoredFile> file =
                MediaAddress.sha256(address).flatMap(files::find).filter(each -> each.sizeBytes() <= maxBytes);
        return file.isEmpty() ? Optional.empty() : Optional.of(files.open(file.get(), 0));
    }

    private static Optional<String> decoded(String address) {
        try {
            return Optional.of(UrlEncoding.decode(address.replace("+", "%2B")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Deletes a copy. Does nothing if it does not exist. */
    void delete(String sha256) throws IOException {
        Optional<StoredFile> file = find(sha256);
        if (file.isPresent()) {
            files.delete(file.get());
        }
    }
}
