package org.librarypeers.sync.contract;

import org.junit.jupiter.api.Nested;
import org.librarypeers.sync.library.LibraryStorage;

/**
 * The contract of {@link LibraryStorage}: everything that the pages and the API of a library need from its storage. It
 * includes the contract of {@link org.librarypeers.sync.storage.SyncStorage}.
 */
public abstract class LibraryStorageContract extends SyncStorageContract {

    /** Creates an empty storage. Called before each test. */
    @Override
    protected abstract LibraryStorage newStorage();

    @Nested
    class Catalogue extends CatalogueContract {}

    @Nested
    class Deletions extends DeletionContract {}

    @Nested
    class DatedFeeds extends DatedFeedContract {}

    @Nested
    class CatalogueLists extends CatalogueListContract {}

    @Nested
    class Browsing extends BrowseContract {}

    @Nested
    class Search extends SearchContract {}

    @Nested
    class Words extends WordContract {}

    @Nested
    class Visibility extends VisibilityContract {}

    @Nested
    class Overview extends OverviewContract {}

    @Nested
    class Tags extends TagContract {}

    @Nested
    class Selections extends SelectionContract {}

    @Nested
    class TagRules extends TagRuleContract {}

    @Nested
    class Curation extends CurationContract {}

    @Nested
    class RenamedTags extends RenamedTagContract {}

    @Nested
    class CuratedVocabulary extends VocabularyContract {}

    @Nested
    class Duplicates extends DuplicateContract {}

    @Nested
    class Reading extends ReadingContract {}

    @Nested
    class Accounts extends AccountContract {}

    @Nested
    class Sessions extends SessionContract {}

    @Nested
    class AccountTokens extends AccountTokenContract {}

    /** See {@link ApiKeyContract}. */
    @Nested
    class ApiKeys extends ApiKeyContract {}

    @Nested
    class Notifications extends NotificationContract {}

    @Nested
    class Messages extends OutboxContract {}

    @Nested
    class Events extends EventCounterContract {}

    @Nested
    class Uploads extends UploadContract {}

    @Nested
    class Audit extends AuditLogContract {}

    @Nested
    class ImageHosts extends ImageHostContract {}

    @Nested
    class Pictures extends PictureContract {}

    @Nested
    class PublicRevisions extends PublicRevisionContract {}

    @Nested
    class InboxTags extends InboxTagContract {}

    @Nested
    class InboxMarks extends InboxMarkContract {}

    @Nested
    class FeedReading extends FeedReaderContract {}

    @Nested
    class FormerAddresses extends FormerAddressContract {}

    @Nested
    class BundleSigning extends SigningKeyContract {}

    @Nested
    class EarlyDeletions extends EarlyDeletionContract {}

    @Nested
    class BulkChanges extends BulkChangeContract {}

    @Nested
    class Links extends LinkContract {}

    @Nested
    class Settings extends SettingContract {}

    @Nested
    class Summaries extends SummaryContract {}

    @Nested
    class ProblemReports extends ProblemReportContract {}

    @Nested
    class LibraryTransactions extends LibraryTransactionContract {}
}
