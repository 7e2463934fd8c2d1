/**
 * The app. {@link org.librarypeers.app.Main} starts it; {@link org.librarypeers.app.wiring.Library} wires its services.
 *
 * <pre>
 * Main ─► cli ─► demo ─► server                                       one HTTP server: all routes
 *          │               ├► reader, account                           pages, by area
 *          │               ├► peers, review, resources, users           ─► web: visits, forms, texts, safe HTML
 *          │               └► api                                        ORB v1
 *          └► wiring                                                   Library: all services, built by hand
 *               └► accounts, content, files, schedule, embedded
 *                                                                      http: small tools for all of them
 * </pre>
 */
@NullMarked
package org.librarypeers.app;

import org.jspecify.annotations.NullMarked;
