/**
 * Notifications by mail and webhook: what is reported to whom, and the jobs that send it. Also the mails with links that set a
 * password.
 */
@NullMarked
package org.librarypeers.app.notifications;

import org.jspecify.annotations.NullMarked;
