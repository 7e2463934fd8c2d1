package org.librarypeers.app.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.librarypeers.app.RunningLibrary;
import org.librarypeers.domain.Role;
import org.librarypeers.domain.UserName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A library with two contributors who may write through the API. */
abstract class WrittenLibrary {

    static final UserName ASHA = new UserName("asha@example.org");
    static final UserName JUMA = new UserName("juma");
    static final JsonMapper JSON = JsonMapper.builder().build();
    static RunningLibrary running;

    @BeforeAll
    static void start() {
        running = RunningLibrary.start();
        for (UserName name : List.of(ASHA, JUMA)) {
            running.library().accounts().create(name, Role.CONTRIBUTOR, null, "a long password");
            running.library().accounts().allowWriting(name, true);
        }
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    static JsonNode add(String title, UserName user) throws Exception {
        HttpResponse<String> answer = running.sendJson(
                "POST",
                "/api/v1/resource/",
                "{\"title\": \"%s\", \"description\": \"Words\", \"study_time_number\": 15}".formatted(title),
                user);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body());
    }

    static HttpResponse<String> get(String path, UserName user) throws Exception {
        return running.get(path, "Authorization", running.authorization(user));
    }
}
