package dev.fleetrunner.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The one way to write an entry: the JSON Canonicalization Scheme, for what an entry may hold (texts, whole numbers below
 * 2^53, null, and an object of texts).
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8785">RFC 8785</a>
 */
final class Canonical {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE).build();

    private Canonical() {}

    /** The entry; without its hash while it has none. */
    static String json(AuditEntry entry) {
        Map<String, Object> members = new TreeMap<>();
        members.put("runner", entry.runner());
        members.put("sequence", entry.sequence());
        members.put("at", entry.at());
        members.put("who", entry.who());
        members.put("role", entry.role());
        members.put("from", entry.from());
        members.put("action", entry.action());
        members.put("target", entry.target());
        members.put("outcome", entry.outcome());
        members.put("rule", entry.rule());
        members.put("detail", new TreeMap<>(entry.detail()));
        members.put("previous", entry.previous());
        if (entry.hash() != null) {
            members.put("hash", entry.hash());
        }
        try {
            return MAPPER.writeValueAsString(members);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not an entry", e);
        }
    }

    /** SHA-256 of the text in UTF-8, in lower-case hexadecimal. */
    static String hash(String text) {
        return DigestUtils.sha256Hex(text);
    }
}
