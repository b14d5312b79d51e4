package dev.fleetrunner.cli.output;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * Reads a document into a tree and writes it from one. Jackson's mappers do the same and more, and what they load for the
 * more takes longer than most commands.
 */
final class Tree {
    private static final int DEEPEST = 200;

    private Tree() {}

    /** The one document of a parser; a missing node if there is none. */
    static JsonNode read(JsonParser parser) throws IOException {
        JsonNode tree = parser.nextToken() == null
                ? JsonNodeFactory.instance.missingNode()
                : value(parser, parser.currentToken(), 0);
        if (parser.nextToken() != null) {
            throw new IOException("something follows the document");
        }
        return tree;
    }

    private static JsonNode value(JsonParser parser, JsonToken token, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("the document is more than " + DEEPEST + " levels deep");
        }
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (token) {
            case START_OBJECT -> object(parser, depth);
            case START_ARRAY -> array(parser, depth);
            case VALUE_STRING -> nodes.textNode(parser.getText());
            case VALUE_NUMBER_INT -> nodes.numberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDecimalValue());
            case VALUE_TRUE, VALUE_FALSE -> nodes.booleanNode(token == JsonToken.VALUE_TRUE);
            default -> nodes.nullNode();
        };
    }

    private static ObjectNode object(JsonParser parser, int depth) throws IOException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            object.set(name, value(parser, parser.nextToken(), depth + 1));
        }
        return object;
    }

    private static ArrayNode array(JsonParser parser, int depth) throws IOException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            array.add(value(parser, token, depth + 1));
        }
        return array;
    }

    /** Writes a tree. */
    static void write(JsonNode tree, JsonGenerator generator) throws IOException {
        if (tree.isObject()) {
            generator.writeStartObject();
            for (var field : tree.properties()) {
                generator.writeFieldName(field.getKey());
                write(field.getValue(), generator);
            }
            generator.writeEndObject();
        } else if (tree.isArray()) {
            generator.writeStartArray();
            for (JsonNode element : tree) {
                write(element, generator);
            }
            generator.writeEndArray();
        } else {
            scalar(tree, generator);
        }
    }

    private static void scalar(JsonNode tree, JsonGenerator generator) throws IOException {
        if (tree.isTextual()) {
            generator.writeString(tree.textValue());
        } else if (tree.isBoolean()) {
            generator.writeBoolean(tree.booleanValue());
        } else if (tree.isIntegralNumber()) {
            generator.writeNumber(tree.bigIntegerValue());
        } else if (tree.isNumber()) {
            generator.writeNumber(tree.decimalValue());
        } else {
            generator.writeNull();
        }
    }
}
