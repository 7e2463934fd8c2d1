package org.librarypeers.sync.contract;

import org.junit.jupiter.api.Nested;
import org.librarypeers.sync.storage.SyncStorage;

/**
 * The contract of {@link SyncStorage}: everything that syncs and reviews need from a storage. The test of an adapter is
 * a subclass that creates the storage. The storage may implement more than this port.
 */
public abstract class SyncStorageContract {

    /** Creates an empty storage. Called before each test. */
    protected abstract SyncStorage newStorage();

    @Nested
    class Resources extends ResourceContract {}

    @Nested
    class ResourcesAtOnce extends ResourcesAtOnceContract {}

    @Nested
    class Slugs extends SlugContract {}

    @Nested
    class WaitingRevisions extends WaitingRevisionContract {}

    @Nested
    class Transactions extends TransactionContract {}

    @Nested
    class Peers extends PeerContract {}

    @Nested
    class SyncLogs extends SyncLogContract {}

    @Nested
    class Runs extends RunContract {}

    @Nested
    class Outcomes extends OutcomeContract {}

    @Nested
    class Leases extends LeaseContract {}

    @Nested
    class Harvest extends HarvestContract {}

    @Nested
    class Sources extends SourceContract {}

    @Nested
    class Versions extends VersionContract {}

    @Nested
    class Withdrawals extends WithdrawalContract {}

    @Nested
    class Decisions extends DecisionContract {}

    @Nested
    class Undo extends UndoContract {}

    @Nested
    class Inbox extends InboxContract {}
}
