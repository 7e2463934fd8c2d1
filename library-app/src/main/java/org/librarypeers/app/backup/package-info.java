/**
 * Backups: one ZIP file with all tables, all uploaded files and the secret key of a library.
 *
 * <pre>
 * Maintenance.Snapshot ─► Backups ─► BackupWriter ─► FILE ─► BackupFile ─► Maintenance.restore
 *                            ▲
 *                     ScheduledBackups ─► BackupFolder       one at a time on all nodes; the newest ones are kept
 * </pre>
 */
@NullMarked
package org.librarypeers.app.backup;

import org.jspecify.annotations.NullMarked;
