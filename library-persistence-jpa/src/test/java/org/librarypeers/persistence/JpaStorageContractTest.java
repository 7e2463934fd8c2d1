package org.librarypeers.persistence;

import org.junit.jupiter.api.Nested;
import org.librarypeers.sync.contract.AccountContract;
import org.librarypeers.sync.contract.BrowseContract;
import org.librarypeers.sync.contract.CatalogueContract;
import org.librarypeers.sync.contract.DecisionContract;
import org.librarypeers.sync.contract.EventCounterContract;
import org.librarypeers.sync.contract.HarvestContract;
import org.librarypeers.sync.contract.ImageHostContract;
import org.librarypeers.sync.contract.InboxContract;
import org.librarypeers.sync.contract.OutcomeContract;
import org.librarypeers.sync.contract.OverviewContract;
import org.librarypeers.sync.contract.PeerContract;
import org.librarypeers.sync.contract.ResourceContract;
import org.librarypeers.sync.contract.ResourcesAtOnceContract;
import org.librarypeers.sync.contract.SearchContract;
import org.librarypeers.sync.contract.SessionContract;
import org.librarypeers.sync.contract.SlugContract;
import org.librarypeers.sync.contract.SourceContract;
import org.librarypeers.sync.contract.SyncLogContract;
import org.librarypeers.sync.contract.TagContract;
import org.librarypeers.sync.contract.TransactionContract;
import org.librarypeers.sync.contract.UploadContract;
import org.librarypeers.sync.contract.VisibilityContract;
import org.librarypeers.sync.contract.WaitingRevisionContract;
import org.librarypeers.sync.contract.WithdrawalContract;
import org.librarypeers.sync.library.LibraryStorage;

class JpaStorageContractTest {

    @Nested
    class Resources extends ResourceContract {
        @Override
        protected LibraryStorage newStorage() {
            return TestDatabase.sharedStorage();
        }
    }

    @Nested
    class Transactions extends TransactionContract {
        @Override
        protected LibraryStorage newStorage() {
            return TestDatabase.sharedStorage();
        }
    }

    @Nested
    class Harvest extends HarvestContract {
        @Override
        protected LibraryStorage newStorage() {
            return TestDatabase.sharedStorage();
        }
    }

    @Nested
    class Sources extends SourceContract {
        @Override
        protected LibraryStorage newStorage() {
            return TestDatabase.sharedStorage();
        }
    }

    @Nested
    class Withdrawals extends WithdrawalContract {
        @Override
        protected LibraryStorage newStorage() {
            return TestDatabase.sharedStorage();
        }
    }

    @Nested
    class Catalogue extends CatalogueContract {
        @Override
        protected LibraryStorage newStorage() {
            return TestDatabase.sharedStorage();
        }
    }

    @Nested
    class Peers extends PeerContract {
        @Override
        protected LibraryStorage newStorage() {
            return TestDatabase.sharedStorage();
        }
    }

    @Nested
    class SyncLogs extends SyncLogContract {
        @Override
        protected LibraryStorage newStorage() {
            return TestDatabase.sharedStorage();
        }
    }

    @Nested
    class Accounts extends AccountContract {
        @Override
        protected LibraryStorage newStorage() {
            return TestDatabase.sharedStorage();
        }
    }

    @Nested
    class Tags extends TagContract {
        @Override
        protected LibraryStorage newStorage() {
            return TestDatabase.sharedStorage();
        }
    }

    @Nested
    class Uploads extends UploadContract {
        @Override
        protected LibraryStorage newStorage() {
            return TestDatabase.sharedStorage();
        }
    }

    @Nested
    class Sessions extends SessionContract {
        @Override
        protected LibraryStorage newStorage() {
            return TestDatabase.sharedStorage();
        }
    }

    @Nested
    class Events extends EventCounterContract {
        @Override
        protected LibraryStorage newStorage() {
            return TestDatabase.sharedStorage();
        }
    }

    @Nested
    class ImageHosts extends ImageHostContract {
        @Override
        protected LibraryStorage newStorage() {
            return TestDatabase.sharedStorage();
        }
    }

    @Nested
    class Search extends SearchContract {
        @Override
        protected LibraryStorage newStorage() {
            return TestDatabase.sharedStorage();
        }
    }

    @Nested
    class Visibility extends VisibilityContract {
        @Override
        protected LibraryStorage newStorage() {
            return TestDatabase.sharedStorage();
        }
    }

    @Nested
    class Slugs extends SlugContract {
        @Override
        protected LibraryStorage newStorage() {
            return TestDatabase.sharedStorage();
        }
    }

    @Nested
    class Browsing extends BrowseContract {
        @Override
        protected LibraryStorage newStorage() {
            return TestDatabase.sharedStorage();
        }
    }

    @Nested
    class Inbox extends InboxContract {
        @Override
        protected LibraryStorage newStorage() {
            return TestDatabase.sharedStorage();
        }
    }

    @Nested
    class WaitingRevisions extends WaitingRevisionContract {
        @Override
        protected LibraryStorage newStorage() {
            return TestDatabase.sharedStorage();
        }
    }

    @Nested
    class Outcomes extends OutcomeContract {
        @Override
        protected LibraryStorage newStorage() {
            return TestDatabase.sharedStorage();
        }
    }

    @Nested
    class ResourcesAtOnce extends ResourcesAtOnceContract {
        @Override
        protected LibraryStorage newStorage() {
            return TestDatabase.sharedStorage();
        }
    }

    @Nested
    class Overview extends OverviewContract {
        @Override
        protected LibraryStorage newStorage() {
            return TestDatabase.sharedStorage();
        }
    }

    @Nested
    class Decisions extends DecisionContract {
        @Override
        protected LibraryStorage newStorage() {
            return TestDatabase.sharedStorage();
        }
    }
}
