package org.librarypeers.sync.library;

import org.librarypeers.sync.catalogue.Catalogue;
import org.librarypeers.sync.catalogue.TagRepository;
import org.librarypeers.sync.pictures.PictureRepository;
import org.librarypeers.sync.storage.PeerRepository;
import org.librarypeers.sync.storage.ResourceRepository;

/**
 * The parts of a storage from which public pages and the API are read. Use them for reads only.
 *
 * @param catalogue the resources as they are served
 * @param tags the vocabulary
 * @param peers the peers
 * @param resources the resources
 * @param pictures the copies of pictures
 */
public record ReadAccess(
        Catalogue catalogue,
        TagRepository tags,
        PeerRepository peers,
        ResourceRepository resources,
        PictureRepository pictures) {}
