package dev.fleetrunner.mcp.answer;

import dev.fleetrunner.artifact.ArtifactFile;
import dev.fleetrunner.web.Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Files that a task left behind, as many as fit, and the content of small ones while there is room. */
public final class FileList {
    private static final int FRAME = 700;
    private static final int MOST = 1000;
    private static final int CONTENT_FIELD = 12;

    private final String taskId;
    private final String service;
    private final int total;
    private final List<ArtifactFile> shown;
    private final Map<String, Map<String, Object>> json = new LinkedHashMap<>();
    private final StringBuilder contents = new StringBuilder();
    private int room;

    /**
     * @param service the address that the caller reaches the service at, without a slash at its end
     * @param maxBytes how many bytes each form of the answer may take
     */
    public FileList(String taskId, String service, List<ArtifactFile> files, int maxBytes) {
        this.taskId = taskId;
        this.service = service;
        this.total = files.size();
        List<Map<String, Object>> all =
                files.stream().limit(MOST).map(this::json).toList();
        List<Map<String, Object>> fitting = Fitting.items(all, MOST, maxBytes - FRAME);
        this.shown = files.subList(0, fitting.size());
        this.room = maxBytes - FRAME;
        for (int i = 0; i < fitting.size(); i++) {
            json.put(shown.get(i).path(), fitting.get(i));
            room -= JsonLength.of(fitting.get(i)) + 1;
        }
    }

    /** The files that fit. */
    public List<ArtifactFile> shown() {
        return shown;
    }

    /** Takes the content of a file, if it is a text that still fits. */
    public void offer(ArtifactFile file, Content content) {
        int takes = content.size() + CONTENT_FIELD + JsonLength.ofText(file.path());
        if (content.isText() && content.bytes() == file.size() && takes <= room) {
            room -= takes;
            json.get(file.path()).put("content", content.text());
            contents.append("--- /").append(file.path()).append('\n').append(content.text());
            contents.append(content.text().endsWith("\n") ? "" : "\n");
        }
    }

    /** The answer. */
    public Answer answer() {
        String zip = service + "/api/v1/tasks/" + taskId + "/artifacts.zip";
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("task_id", taskId);
        answer.put("files", new ArrayList<>(json.values()));
        answer.put("files_omitted", total - shown.size());
        answer.put("zip_url", zip);
        answer.put("download", "curl -fL -H \"Authorization: Bearer $FLEET_TOKEN\" -o artifacts.zip " + zip);
        var text = new StringBuilder(Count.of(total, "file") + "\n");
        shown.forEach(file -> text.append('/')
                .append(file.path())
                .append(" (")
                .append(file.size())
                .append(" bytes)\n"));
        if (total > shown.size()) {
            text.append("[… ")
                    .append(total - shown.size())
                    .append(" more; narrow them with paths, or load them all …]\n");
        }
        text.append("All: ").append(zip).append('\n').append(contents);
        return new Answer(text.toString(), answer);
    }

    private Map<String, Object> json(ArtifactFile file) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("path", "/" + file.path());
        fields.put("size_bytes", file.size());
        fields.put("sha256", file.sha256());
        fields.put("url", service + Address.ofArtifact(taskId, file.path()));
        return fields;
    }
}
