package org.librarypeers.persistence;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.librarypeers.domain.PeerId;
import org.librarypeers.domain.PeerTrouble;
import org.librarypeers.domain.SyncLog;
import org.librarypeers.domain.SyncLogId;
import org.librarypeers.domain.SyncStatus;
import org.librarypeers.domain.SyncTally;

/** The sync log of one run. */
@Entity
@Table(name = "sync_log")
class SyncLogEntity {

    @Id
    private long id;

    private long peerId;
    private String status;
    private @Nullable String since;
    private int added;
    private int updated;
    private int unchanged;
    private int keptLocal;
    private int keptOtherSource;
    private int failed;
    private int withdrawn;
    private int remarked;
    private int leftOut;
    private int requests;
    private Instant started;
    private @Nullable Instant finished;
    private @Nullable Instant throttledUntil;
    private @Nullable String trouble;
    private @Nullable String message;

    /** Creates an empty entity for Hibernate. */
    SyncLogEntity() {}

    static SyncLogEntity from(SyncLog log) {
        SyncLogEntity entity = new SyncLogEntity();
        entity.id = log.id().value();
        entity.copyFrom(log);
        return entity;
    }

    void copyFrom(SyncLog log) {
        SyncTally tally = log.tally();
        peerId = log.peer().value();
        status = log.status().word();
        since = log.since();
        added = tally.added();
        updated = tally.updated();
        unchanged = tally.unchanged();
        keptLocal = tally.keptLocal();
        keptOtherSource = tally.keptOtherSource();
        failed = tally.failed();
        withdrawn = tally.withdrawn();
        remarked = tally.remarked();
        leftOut = tally.leftOut();
        requests = log.requests();
        started = log.started();
        finished = log.finished();
        throttledUntil = log.until();
        trouble = log.trouble() == null ? null : log.trouble().name();
        message = log.message() == null ? null : Texts.storable(log.message());
    }

    SyncLog toDomain() {
        return new SyncLog(
                new SyncLogId(id),
                new PeerId(peerId),
                SyncStatus.valueOf(status.toUpperCase(Locale.ROOT)),
                since,
                new SyncTally(
                        added, updated, unchanged, keptLocal, keptOtherSource, failed, withdrawn, remarked, leftOut),
                requests,
                started,
                finished,
                throttledUntil,
                trouble == null ? null : PeerTrouble.valueOf(trouble),
                message);
    }
}
