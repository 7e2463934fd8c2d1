package org.librarypeers.app.s3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import software.amazon.awssdk.core.sync.RequestBody;

/** A trial of everything that the library does with a bucket. */
final class S3Probe {

    private static final byte[] CONTENT = "probe".getBytes(StandardCharsets.US_ASCII);

    private final S3Connection connection;
    private final String bucket;
    private final String key;

    S3Probe(S3Connection connection) {
        this.connection = connection;
        this.bucket = connection.bucket();
        this.key = connection.settings().prefix() + "probe-" + UUID.randomUUID();
    }

    void run() throws IOException {
        String prefix = connection.settings().prefix();
        connection.send(
                "list",
                client -> client.listObjectsV2(
                        list -> list.bucket(bucket).prefix(prefix).maxKeys(1)));
        connection.send(
                "list the unfinished uploads of",
                client -> client.listMultipartUploads(
                        list -> list.bucket(bucket).prefix(prefix).maxUploads(1)));
        connection.send(
                "write to",
                client -> client.putObject(put -> put.bucket(bucket).key(key), RequestBody.fromBytes(CONTENT)));
        try {
            requireContent();
        } catch (IOException e) {
            try {
                delete();
            } catch (IOException deleting) {
                e.addSuppressed(deleting);
            }
            throw e;
        }
        delete();
    }

    private void requireContent() throws IOException {
        byte[] read = connection.call(
                "read from",
                client -> client.getObjectAsBytes(get -> get.bucket(bucket).key(key))
                        .asByteArray());
        if (!Arrays.equals(read, CONTENT)) {
            throw new IOException(connection.settings().place() + " returned other bytes than were written");
        }
    }

    private void delete() throws IOException {
        connection.send(
                "delete from",
                client -> client.deleteObject(delete -> delete.bucket(bucket).key(key)));
    }
}
