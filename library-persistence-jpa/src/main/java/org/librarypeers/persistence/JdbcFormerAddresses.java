package org.librarypeers.persistence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.librarypeers.sync.files.StoredFile;
import org.librarypeers.sync.library.FormerAddresses;

/** The addresses of a site before it moved, one row each. */
record JdbcFormerAddresses(Transactions transactions) implements FormerAddresses {

    private static final String ADD_PAGES = """
            insert into former_address (path, target) select * from unnest(?, ?)
                on conflict (path) do update set target = excluded.target""";

    private static final String ADD_FILES = """
            insert into former_file (path, sha256, size_bytes) select * from unnest(?, ?, ?)
                on conflict (path) do update set sha256 = excluded.sha256, size_bytes = excluded.size_bytes""";

    @Override
    public void addPages(Map<String, String> targets) {
        List<String> paths = new ArrayList<>();
        List<String> present = new ArrayList<>();
        targets.forEach((path, target) -> {
            paths.add(path);
            present.add(target);
        });
        transactions.call(unit -> unit.jdbc(connection ->
                Sql.update(connection, ADD_PAGES, Sql.texts(connection, paths), Sql.texts(connection, present))));
    }

    @Override
    public Optional<String> page(String path) {
        return transactions.read(connection -> Sql.first(
                connection, "select target from former_address where path = ?", row -> row.getString(1), path));
    }

    @Override
    public void addFiles(Map<String, StoredFile> files) {
        List<String> paths = new ArrayList<>();
        List<StoredFile> stored = new ArrayList<>();
        files.forEach((path, file) -> {
            paths.add(path);
            stored.add(file);
        });
        transactions.call(unit -> unit.jdbc(connection -> Sql.update(
                connection,
                ADD_FILES,
                Sql.texts(connection, paths),
                Sql.texts(connection, stored.stream().map(StoredFile::sha256).toList()),
                Sql.longs(connection, stored.stream().map(StoredFile::sizeBytes).toList()))));
    }

    @Override
    public Optional<StoredFile> file(String path) {
        return transactions.read(connection -> Sql.first(
                connection,
                "select sha256, size_bytes from former_file where path = ?",
                row -> new StoredFile(row.getString(1), row.getLong(2)),
                path));
    }
}
