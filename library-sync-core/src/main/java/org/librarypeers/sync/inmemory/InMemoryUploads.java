package org.librarypeers.sync.inmemory;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.files.UploadRepository;

record InMemoryUploads(InMemoryStorage storage) implements UploadRepository {

    /** An upload with its content, which is never modified. */
    static final class Kept {
        private final Upload upload;
        private final byte[] bytes;

        private Kept(Upload upload, byte[] bytes) {
            this.upload = upload;
            this.bytes = bytes;
        }
    }

    @Override
    public Upload keep(UserName owner, String name, InputStream bytes, Instant at) throws IOException {
        byte[] all = bytes.readAllBytes();
        Upload upload = new Upload(UUID.randomUUID(), owner, name, all.length, at);
        storage.change(tables -> tables.uploads.put(upload.id(), new Kept(upload, all)));
        return upload;
    }

    @Override
    public Optional<Upload> find(UUID id, UserName owner) {
        return storage.with(tables -> Optional.ofNullable(tables.uploads.get(id))
                .map(kept -> kept.upload)
                .filter(upload -> upload.owner().equals(owner)));
    }

    @Override
    public InputStream open(Upload upload) {
        return storage.with(tables -> {
            Kept kept = tables.uploads.get(upload.id());
            return kept == null ? new Removed() : new ByteArrayInputStream(kept.bytes);
        });
    }

    /** The content of an upload that was removed. */
    private static final class Removed extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("the upload was removed");
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return read();
        }
    }

    @Override
    public void remove(Upload upload) {
        storage.change(tables -> tables.uploads.remove(upload.id()));
    }

    @Override
    public void removeOlderThan(Instant time) {
        storage.change(tables ->
                tables.uploads.values().removeIf(kept -> kept.upload.at().isBefore(time)));
    }
}
