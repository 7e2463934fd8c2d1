/**
 * The app. {@link org.librarypeers.app.Main} starts it. Each package uses only packages to its right and below.
 *
 * <pre>
 * Main ─► cli ─► demo ─► server     one HTTP server with all routes
 *                          ├─► reader, account, users, resources, review, peers ─► web
 *                          │      the pages, by area, and what all pages share
 *                          ├─► api        the endpoints of ORB v1
 *                          └─► wiring     Library: all services, built by hand
 *                                └─► accounts, backup, bundles, content, files, monitoring, notifications, s3
 *                                       └─► audit   what people did, for the pages and commands too
 *
 * http        small tools for requests and responses, for all of these
 * config      the settings, for cli, demo, server and wiring
 * background  a job that a thread repeats, for backup, notifications and server
 * </pre>
 */
@NullMarked
package org.librarypeers.app;

import org.jspecify.annotations.NullMarked;
