package org.librarypeers.persistence;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.files.UploadRepository;

/** A repository of uploads, which are stored in pieces. An upload is never held in memory as a whole. */
final class JdbcUploads implements UploadRepository {

    /** The size of a piece. Each transfer holds one piece in memory. */
    private static final int PIECE_BYTES = 1 << 20;

    private final Transactions transactions;

    JdbcUploads(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Upload keep(UserName owner, String name, InputStream bytes, Instant at) throws IOException {
        UUID id = UUID.randomUUID();
        Instant sent = at.truncatedTo(ChronoUnit.MICROS);
        try {
            return transactions.call(unit -> unit.jdbc(connection -> {
                Sql.update(
                        connection,
                        "insert into upload (id, account, name, size_bytes, sent) values (?, ?, ?, 0, ?)",
                        id,
                        owner.value(),
                        name,
                        Timestamp.from(sent));
                long size = write(connection, id, bytes);
                Sql.update(connection, "update upload set size_bytes = ? where id = ?", size, id);
                return new Upload(id, owner, name, size, sent);
            }));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static long write(Connection connection, UUID id, InputStream bytes) throws SQLException {
        long size = 0;
        int number = 0;
        for (byte[] piece = read(bytes); piece.length > 0; piece = read(bytes)) {
            Sql.update(
                    connection, "insert into upload_piece (upload, number, bytes) values (?, ?, ?)", id, number, piece);
            size += piece.length;
            number++;
        }
        return size;
    }

    private static byte[] read(InputStream bytes) {
        try {
            return bytes.readNBytes(PIECE_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<Upload> find(UUID id, UserName owner) {
        return transactions.call(unit -> unit.jdbc(connection -> Sql.first(
                connection,
                "select name, size_bytes, sent from upload where id = ? and account = ?",
                row -> new Upload(
                        id,
                        owner,
                        row.getString(1),
                        row.getLong(2),
                        row.getTimestamp(3).toInstant()),
                id,
                owner.value())));
    }

    @Override
    public InputStream open(Upload upload) {
        return new Pieces(upload);
    }

    /** A stream that loads one piece after another. */
    private final class Pieces extends InputStream {

        private final Upload upload;
        private InputStream piece = InputStream.nullInputStream();
        private long left;
        private int next;

        Pieces(Upload upload) {
            this.upload = upload;
            this.left = upload.sizeBytes();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int read = piece.read(buffer, offset, length);
            if (read < 0 && left > 0) {
                byte[] bytes = piece(upload.id(), next).orElseThrow(() -> new IOException("the upload was removed"));
                piece = new ByteArrayInputStream(bytes);
                left -= bytes.length;
                next++;
                read = piece.read(buffer, offset, length);
            }
            return read;
        }
    }

    private Optional<byte[]> piece(UUID upload, int number) {
        return transactions.call(unit -> unit.jdbc(connection -> Sql.first(
                connection,
                "select bytes from upload_piece where upload = ? and number = ?",
                row -> row.getBytes(1),
                upload,
                number)));
    }

    @Override
    public void remove(Upload upload) {
        transactions.call(unit ->
                unit.jdbc(connection -> Sql.update(connection, "delete from upload where id = ?", upload.id())));
    }

    @Override
    public void removeOlderThan(Instant time) {
        transactions.call(unit -> unit.jdbc(
                connection -> Sql.update(connection, "delete from upload where sent < ?", Timestamp.from(time))));
    }
}
