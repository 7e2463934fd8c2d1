package org.librarypeers.app.s3;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.librarypeers.sync.files.StoredFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Uploads to a bucket. An object appears only when all of its content has arrived. A large file is sent in parts; if that fails,
 * the parts are removed, at the latest with the next upload after the store works again. Thread-safe.
 */
final class S3Upload {

    private static final Logger LOG = LoggerFactory.getLogger(S3Upload.class);

    /** The size of a part, unless a file would have too many. A larger one would be sent again after a failure. */
    static final long PART_BYTES = 16L * 1024 * 1024;

    private static final int MOST_PARTS = 10_000;
    private static final int MISSING = 404;
    private static final String WRITE = "write to";

    private final S3Connection connection;
    private final Queue<Unfinished> unfinished = new ConcurrentLinkedQueue<>();

    /** The parts of an upload that did not end. */
    record Unfinished(String key, String uploadId) {}

    /** Returns whether an object has all of its content. */
    @FunctionalInterface
    interface Check {
        boolean isStored(StoredFile file) throws IOException;
    }

    S3Upload(S3Connection connection) {
        this.connection = connection;
    }

    /**
     * Stores a file.
     *
     * @param path where the content is
     * @param check finds out whether the object exists, when the answer of the store was lost
     */
    void store(Path path, StoredFile file, String key, Check check) throws IOException {
        removeUnfinished();
        if (file.sizeBytes() <= PART_BYTES) {
            whole(path, file, key);
        } else {
            inParts(path, file, key, check);
        }
    }

    private void whole(Path path, StoredFile file, String key) throws IOException {
        try (FilePart all = new FilePart(path, 0, file.sizeBytes())) {
            String md5 = all.md5();
            connection.send(
                    WRITE,
                    client -> client.putObject(
                            put -> put.bucket(connection.bucket()).key(key).contentMD5(md5), all.body()));
        }
    }

    private void inParts(Path path, StoredFile file, String key, Check check) throws IOException {
        long partBytes = Math.max(PART_BYTES, (file.sizeBytes() + MOST_PARTS - 1) / MOST_PARTS);
        String id = connection.call(
                WRITE,
                client -> client.createMultipartUpload(
                                create -> create.bucket(connection.bucket()).key(key))
                        .uploadId());
        boolean stored = false;
        try {
            List<CompletedPart> parts = new ArrayList<>();
            for (long from = 0; from < file.sizeBytes(); from += partBytes) {
                long length = Math.min(partBytes, file.sizeBytes() - from);
                parts.add(part(new FilePart(path, from, length), key, id, parts.size() + 1));
            }
            complete(file, key, id, parts, check);
            stored = true;
        } finally {
            if (!stored) {
                remove(new Unfinished(key, id));
            }
        }
    }

    private CompletedPart part(FilePart part, String key, String id, int number) throws IOException {
        try (part) {
            String md5 = part.md5();
            String etag = connection.call(
                    WRITE,
                    client -> client.uploadPart(
                                    upload -> upload.bucket(connection.bucket())
                                            .key(key)
                                            .uploadId(id)
                                            .partNumber(number)
                                            .contentMD5(md5),
                                    part.body())
                            .eTag());
            return CompletedPart.builder().partNumber(number).eTag(etag).build();
        }
    }

    private void complete(StoredFile file, String key, String id, List<CompletedPart> parts, Check check)
            throws IOException {
        try {
            connection.send(
                    WRITE,
                    client -> client.completeMultipartUpload(complete -> complete.bucket(connection.bucket())
                            .key(key)
                            .uploadId(id)
                            .multipartUpload(all -> all.parts(parts))));
        } catch (IOException e) {
            // If the answer is lost, the store may have completed the file, and says that the upload does not exist.
            if (!check.isStored(file)) {
                throw e;
            }
        }
    }

    /** Removes the parts of an upload, or remembers to do so if the store does not work. */
    void remove(Unfinished upload) {
        try {
            connection.send("delete from", client -> {
                try {
                    return client.abortMultipartUpload(abort ->
                            abort.bucket(connection.bucket()).key(upload.key()).uploadId(upload.uploadId()));
                } catch (S3Exception e) {
                    if (e.statusCode() == MISSING) {
                        return upload;
                    }
                    throw e;
                }
            });
        } catch (IOException e) {
            LOG.warn("The parts of an unfinished upload are removed later: {}", e.getMessage());
            unfinished.add(upload);
        }
    }

    /** Removes the parts of uploads whose removal failed. */
    void removeUnfinished() {
        for (int left = unfinished.size(); left > 0; left--) {
            Unfinished upload = unfinished.poll();
            if (upload != null) {
                remove(upload);
            }
        }
    }
}
