package dev.fleetrunner.mcp.answer;

import java.util.Map;

/**
 * What a tool answers, twice: for a model to read, and for a program.
 *
 * @param text in words and lines
 * @param structured the same as JSON, of maps, lists and values; it keeps to the tool's output schema
 */
public record Answer(String text, Map<String, Object> structured) {}
