package org.librarypeers.app.resources;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.app.web.PageClient;
import org.librarypeers.domain.Resource;
import org.librarypeers.domain.ResourceContent;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import org.librarypeers.sync.contract.Samples;

/** A library that is empty before each test and has a contributor. Test classes that extend it run one by one. */
@ResourceLock("the edited library")
abstract class EditedLibrary {

    static final UserName ASHA = new UserName("asha");
    static final String PASSWORD = "a contributor's password";
    static final String FORM = "form[enctype]";

    static RunningLibrary running;

    @BeforeAll
    static void start() {
        running = RunningLibrary.start();
        running.library().accounts().create(ASHA, Role.CONTRIBUTOR, null, PASSWORD);
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @BeforeEach
    void empty() {
        running.removeResources();
        running.execute("delete from upload");
    }

    static PageClient asha() {
        return client("en", ASHA, PASSWORD);
    }

    static PageClient reviewer() {
        return client("en", RunningLibrary.REVIEWER, "a reviewer's password");
    }

    static PageClient client(String language, UserName name, String password) {
        PageClient client = new PageClient(running.address(), language);
        assertThat(client.signIn(name.value(), password).status()).isEqualTo(303);
        return client;
    }

    static Resource added(String title) {
        return added(Samples.titled(title));
    }

    static Resource added(ResourceContent content) {
        return running.library().authoring().create(content, ASHA).resource();
    }

    static Resource now(Resource resource) {
        return running.library().storage().resources().find(resource.guid()).orElseThrow();
    }

    static String edit(Resource resource) {
        return "/resources/" + resource.guid() + "/edit";
    }

    static String history(Resource resource) {
        return "/resources/" + resource.guid() + "/history";
    }

    static Resource only() {
        return running.library().storage().catalogue().all(0, 2).get(0).resource();
    }
}
