package org.librarypeers.app.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The actions that are recorded in the audit log. Their words never change. */
public enum AuditAction {
    SIGNED_IN,
    USER_CREATED,
    USER_EDITED,
    USER_ROLE_CHANGED,
    USER_ACTIVATED,
    USER_DEACTIVATED,
    PASSWORD_SET,
    API_KEY_SHOWN,
    API_KEY_RENEWED,
    API_KEY_ADDED,
    API_KEY_REMOVED,
    SIGNED_OUT_EVERYWHERE,
    INVITATION_SENT,
    PASSWORD_LINKS_REMOVED,
    API_WRITE_ALLOWED,
    API_WRITE_REVOKED,
    PEER_ADDED,
    PEER_EDITED,
    PEER_POLICY_CHANGED,
    PEER_SELECTION_CHANGED,
    PEER_ACTIVATED,
    PEER_DEACTIVATED,
    PEER_REMOVED,
    SYNC_STARTED,
    SYNC_CANCELLED,
    PICTURES_RETRIED,
    RESOURCE_ARCHIVED,
    RESOURCE_SUBMITTED,
    RESOURCE_RESTORED,
    RESOURCES_APPROVED,
    RESOURCES_REJECTED,
    DECISIONS_UNDONE,
    RESOURCE_REFUSED,
    REFUSAL_REVOKED,
    REPORT_CLOSED,
    LINK_CHECKED_AGAIN,
    RESOURCES_IMPORTED,
    RESOURCES_EXPORTED,
    BUNDLE_WRITTEN,
    BUNDLE_READ,
    SITE_MOVED,
    RESOURCES_CHANGED,
    CHANGES_UNDONE,
    CATEGORY_EDITED,
    TAG_EDITED,
    TAGS_MERGED,
    TAGS_MAPPED,
    MAPPING_REVOKED,
    TOPICS_CHOSEN,
    DUPLICATES_DISMISSED,
    DUPLICATE_ARCHIVED,
    REDIRECT_REMOVED,
    SETTING_CHANGED,
    BACKUP_CREATED,
    BACKUP_RESTORED,
    SECRET_KEY_CHANGED,
    FILES_COPIED,
    FILES_DELETED;

    /** Returns the words of all actions. */
    public static List<String> words() {
        return Arrays.stream(values()).map(AuditAction::word).toList();
    }

    /** Returns the stable word for this action, such as {@code peer-added}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
