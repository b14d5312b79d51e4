package dev.fleetrunner.store;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The definition of a store. Every implementation extends this with a fixture of its own and passes all of it. */
public abstract class StoreContract
        implements JournalContract,
                ForgetContract,
                IndexContract,
                FollowContract,
                AuditContract,
                DurabilityContract,
                TokenContract {
    private StoreFixture fixture;

    /** Opens a store without data. */
    protected abstract StoreFixture open() throws Exception;

    @Override
    public final StoreFixture fixture() {
        return fixture;
    }

    @BeforeEach
    final void openStore() throws Exception {
        fixture = open();
    }

    @AfterEach
    final void closeStore() {
        fixture.close();
    }
}
