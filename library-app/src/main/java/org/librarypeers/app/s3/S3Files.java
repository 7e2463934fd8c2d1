package org.librarypeers.app.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.librarypeers.app.files.Drafts;
import org.librarypeers.app.files.ManagedFiles;
import org.librarypeers.app.files.UnavailableFilesException;
import org.librarypeers.domain.Count;
import org.librarypeers.sync.files.StoredFile;
import org.librarypeers.sync.storage.StorageException;
import org.librarypeers.sync.storage.StorageUnavailableException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A file store in a bucket of an S3-compatible object store. An object has the name of the file in the directory of
 * {@link org.librarypeers.app.files.DiskFiles}, {@code 3f/3f…}, after the prefix of the settings. An upload is first written to a
 * local draft, because its name is known only when it is complete. Any number of processes may use one bucket. Creating a store
 * sends no request.
 */
public final class S3Files implements ManagedFiles {

    private static final int MISSING = 404;
    private static final String READ = "read from";
    private static final String LIST = "list";

    /** The time for which a successful check of the bucket is trusted. */
    private static final Duration BUCKET_REMEMBERED = Duration.ofMinutes(1);

    private final S3Connection connection;
    private final S3Connection uploading;
    private final S3Upload uploads;
    private final Drafts drafts;
    private final Clock clock;
    private final Pattern names;
    private volatile @Nullable Instant bucketSeen;

    /**
     * Creates a store.
     *
     * @param tls returns the certificate authorities to trust; called before the first request
     * @param drafts the local folder of uploads that are not complete yet
     */
    public S3Files(S3Settings settings, Supplier<SSLContext> tls, Path drafts, Clock clock) {
        this.connection = S3Connection.quick(settings, tls);
        this.uploading = S3Connection.patient(settings, tls);
        this.uploads = new S3Upload(uploading);
        this.drafts = new Drafts(drafts, clock);
        this.clock = clock;
        this.names = Pattern.compile(Pattern.quote(settings.prefix()) + "[0-9a-f]{2}/([0-9a-f]{64})");
    }

    @Override
    public StoredFile put(InputStream bytes, long maxBytes) throws IOException {
        try (Drafts.Draft draft = drafts.write(bytes, maxBytes)) {
            if (!isStored(draft.file())) {
                uploads.store(draft.path(), draft.file(), key(draft.file().sha256()), this::isStored);
            }
            return draft.file();
        }
    }

    private boolean isStored(StoredFile file) throws IOException {
        return look(file.sha256()).filter(size -> size == file.sizeBytes()).isPresent();
    }

    @Override
    public Optional<StoredFile> find(String sha256) {
        if (!StoredFile.isAddress(sha256)) {
            return Optional.empty();
        }
        try {
            return look(sha256).map(size -> new StoredFile(sha256, size));
        } catch (UnavailableFilesException e) {
            throw new StorageUnavailableException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new StorageException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Returns the size of an object, if there is one. */
    private Optional<Long> look(String sha256) throws IOException {
        Optional<Long> size = connection.call(READ, client -> {
            try {
                return Optional.of(client.headObject(
                                head -> head.bucket(connection.bucket()).key(key(sha256)))
                        .contentLength());
            } catch (S3Exception e) {
                if (e.statusCode() == MISSING) {
                    return Optional.empty();
                }
                throw e;
            }
        });
        if (size.isEmpty()) {
            requireBucket();
        }
        return size;
    }

    /** Checks that there is a bucket. Without one, the answer to a question about an object is the same as without the object. */
    private void requireBucket() throws IOException {
        Instant seen = bucketSeen;
        if (seen == null || seen.plus(BUCKET_REMEMBERED).isBefore(clock.instant())) {
            check();
        }
    }

    @Override
    public InputStream open(StoredFile file, long from) throws IOException {
        if (from < 0 || from > file.sizeBytes()) {
            throw new IllegalArgumentException(
                    "byte " + from + " is outside the file of " + Count.of(file.sizeBytes(), "byte"));
        }
        return open(file, from, file.sizeBytes() - from);
    }

    @Override
    public InputStream open(StoredFile file, long from, long length) throws IOException {
        if (length < 0 || from < 0 || length > file.sizeBytes() - from) {
            throw new IllegalArgumentException(length + " bytes from byte " + from + " are outside the file of "
                    + Count.of(file.sizeBytes(), "byte"));
        }
        if (length == 0) {
            // There is no range of no bytes.
            if (look(file.sha256()).isEmpty()) {
                throw missing(file);
            }
            return InputStream.nullInputStream();
        }
        long end = from + length;
        return new ObjectStream(offset -> request(file, offset, end), from, end);
    }

    private ResponseInputStream<?> request(StoredFile file, long from, long end) throws IOException {
        try {
            return connection.call(READ, client -> {
                try {
                    return client.getObject(get -> get.bucket(connection.bucket())
                            .key(key(file.sha256()))
                            .range("bytes=" + from + "-" + (end - 1)));
                } catch (NoSuchKeyException e) {
                    throw new MissingObjectException(e);
                }
            });
        } catch (MissingObjectException e) {
            throw (NoSuchFileException) missing(file).initCause(e);
        }
    }

    private static NoSuchFileException missing(StoredFile file) {
        return new NoSuchFileException(file.sha256());
    }

    /** A missing object, which is not a failure of the store. */
    private static final class MissingObjectException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MissingObjectException(Throwable cause) {
            super(cause);
        }
    }

    @Override
    public void forEach(Action action) throws IOException {
        String next = null;
        do {
            String after = next;
            var page = connection.call(
                    LIST,
                    client -> client.listObjectsV2(list -> list.bucket(connection.bucket())
                            .prefix(connection.settings().prefix())
                            .continuationToken(after)));
            for (S3Object object : page.contents()) {
                Matcher name = names.matcher(object.key());
                if (name.matches()) {
                    action.on(new StoredFile(name.group(1), object.size()));
                }
            }
            next = page.nextContinuationToken();
        } while (next != null && !next.isEmpty());
    }

    @Override
    public void delete(StoredFile file) throws IOException {
        connection.send(
                "delete from",
                client -> client.deleteObject(
                        delete -> delete.bucket(connection.bucket()).key(key(file.sha256()))));
    }

    /**
     * Removes local drafts, and the parts of uploads to this store, that a killed process left behind more than a day ago. Also
     * removes parts whose removal failed before.
     */
    @Override
    public void removeLeftovers() throws IOException {
        drafts.removeAbandoned();
        uploads.removeUnfinished();
        Instant limit = clock.instant().minus(Drafts.ABANDONED_AFTER);
        var all = connection.call(
                LIST,
                client -> client
                        .listMultipartUploadsPaginator(list -> list.bucket(connection.bucket())
                                .prefix(connection.settings().prefix()))
                        .uploads()
                        .stream()
                        .toList());
        for (MultipartUpload upload : all) {
            boolean old = upload.initiated() != null && upload.initiated().isBefore(limit);
            if (old && names.matcher(upload.key()).matches()) {
                uploads.remove(new S3Upload.Unfinished(upload.key(), upload.uploadId()));
            }
        }
    }

    @Override
    public void check() throws IOException {
        connection.send(READ, client -> client.headBucket(head -> head.bucket(connection.bucket())));
        bucketSeen = clock.instant();
    }

    /**
     * Tries everything that the library does with the bucket, with a small object that is deleted again.
     *
     * @throws IOException if the key may not do something, or the store does not work; the message is one line
     */
    public void probe() throws IOException {
        new S3Probe(connection).run();
    }

    private String key(String sha256) {
        return connection.settings().prefix() + sha256.substring(0, 2) + "/" + sha256;
    }

    @Override
    public void close() {
        connection.close();
        uploading.close();
    }

    @Override
    public String toString() {
        return connection.settings().place();
    }
}
