package org.librarypeers.sync.scheduler;

import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import tools.jackson.databind.json.JsonMapper;

/** A serializer that stores the data of the schedule in a JSON column, so that people can read them. */
final class JsonData extends PostgreSqlJdbcCustomization implements Serializer {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    JsonData() {
        super(false, false);
    }

    @Override
    public byte[] serialize(Object data) {
        return JSON.writeValueAsBytes(data);
    }

    @Override
    public <T> T deserialize(Class<T> type, byte[] data) {
        return JSON.readValue(data, type);
    }

    @Override
    public void setTaskData(PreparedStatement statement, int index, byte[] data) throws SQLException {
        statement.setObject(index, new String(data, StandardCharsets.UTF_8), Types.OTHER);
    }

    @Override
    public byte[] getTaskData(ResultSet row, String column) throws SQLException {
        return row.getString(column).getBytes(StandardCharsets.UTF_8);
    }
}
