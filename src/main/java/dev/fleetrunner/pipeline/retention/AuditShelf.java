package dev.fleetrunner.pipeline.retention;

import dev.fleetrunner.audit.Audit;
import dev.fleetrunner.store.AuditStore.Block;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The audit, in blocks that go as a whole and from the oldest on, so that what is left follows the checkpoint that each
 * leaves. One that is not the oldest stays for a later sweep.
 */
public record AuditShelf(Audit audit) implements Shelf {
    private static final int PAGE = 500;

    @Override
    public String kind() {
        return "audit";
    }

    @Override
    public Multi<Kept> kept() {
        return Multi.createBy()
                .repeating()
                .<AtomicLong, List<Block>>uni(AtomicLong::new, last -> audit.blocks(last.get(), PAGE)
                        .invoke(blocks -> blocks.forEach(block -> last.set(block.first()))))
                .whilst(blocks -> blocks.size() == PAGE)
                .onItem()
                .transformToIterable(blocks -> blocks)
                .map(block -> new Kept(Long.toString(block.first()), block.newest(), block.bytes()));
    }

    @Override
    public Uni<Boolean> remove(String first) {
        return audit.cut(Long.parseLong(first));
    }
}
