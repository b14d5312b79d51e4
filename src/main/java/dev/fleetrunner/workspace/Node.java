package dev.fleetrunner.workspace;

/** What has a name in a tree. A file that has several names is the same object under each. */
sealed interface Node {
    int mode();

    /** In seconds since 1970. */
    long mtime();

    record Directory(int mode, long mtime) implements Node {
        private static final int OWNER_RWX = 0700;
        static final int USUAL_MODE = 0755;

        /** Whoever owns it must be able to fill it, and to remove it again. */
        public Directory {
            mode |= OWNER_RWX;
        }
    }

    /** A symbolic link; its target is relative. */
    record Symlink(String target, long mtime) implements Node {
        @Override
        public int mode() {
            return 0777;
        }
    }

    /** A regular file; equal to nothing but itself. */
    final class Content implements Node {
        private final int mode;
        private final long mtime;
        private final long offset;
        private final long size;

        /**
         * @param offset where its bytes begin in the unpacked contents
         * @param size in bytes
         */
        Content(int mode, long mtime, long offset, long size) {
            this.mode = mode;
            this.mtime = mtime;
            this.offset = offset;
            this.size = size;
        }

        @Override
        public int mode() {
            return mode;
        }

        @Override
        public long mtime() {
            return mtime;
        }

        long offset() {
            return offset;
        }

        long size() {
            return size;
        }
    }
}
