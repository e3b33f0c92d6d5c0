package io.streamz.frames;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The file system of the machine, of which one operation fails, or one and all after it as after a kill or on a disk that is full. A
 * write that fails has written half. Operations are opening, writing, forcing, cutting, renaming, deleting and listing.
 */
final class FaultyFiles extends FileSystemProvider {
    private final Files files = new Files();
    private final FileSystemProvider real =
            java.nio.file.FileSystems.getDefault().provider();
    private final List<String> done = new ArrayList<>();
    private long failing;
    private final boolean forEver;
    /** Where the kill comes, and how often that is passed before. */
    private String point = "";

    private int times;
    private boolean after;
    /** What comes in between, before each operation. */
    private Consumer<String> meanwhile = operation -> {};

    /**
     * @param failing the number of the operation that fails, from 1; 0 for none
     * @param forEver whether all after it fail too
     */
    FaultyFiles(long failing, boolean forEver) {
        this.failing = failing;
        this.forEver = forEver;
    }

    /**
     * The file system of a process that is killed at a place.
     *
     * @param point an operation and its file, as a regular expression
     * @param times at which time that it comes there
     * @param after whether that operation still succeeds
     */
    static FaultyFiles killed(String point, int times, boolean after) {
        FaultyFiles files = new FaultyFiles(0, true);
        files.point = point;
        files.times = times;
        files.after = after;
        return files;
    }

    /** The file system in which the first operation at a place fails, and no more. */
    static FaultyFiles failing(String point) {
        FaultyFiles files = new FaultyFiles(0, false);
        files.point = point;
        files.times = 1;
        return files;
    }

    /** Tells something of each operation before it is done. */
    FaultyFiles telling(Consumer<String> listener) {
        meanwhile = listener;
        return this;
    }

    /** Whether it came to the place of the kill or the failure. */
    synchronized boolean isKilled() {
        return failing > 0;
    }

    Path path(Path path) {
        return new Wrapped(path.toAbsolutePath());
    }

    /** What was done, in order. */
    synchronized List<String> operations() {
        return List.copyOf(done);
    }

    private void step(String operation, Path path) throws IOException {
        meanwhile.accept(operation + " " + path.getFileName());
        fail(operation, path);
    }

    private synchronized void fail(String operation, Path path) throws IOException {
        done.add(operation + " " + path.getFileName());
        if (times > 0 && done.get(done.size() - 1).matches(point) && --times == 0) {
            failing = done.size() + (after ? 1L : 0L);
        }
        if (failing > 0 && (done.size() == failing || forEver && done.size() > failing)) {
            throw new FileSystemException(path.toString(), null, "No space left on device (made up)");
        }
    }

    private static Path real(Path path) {
        return path instanceof Wrapped wrapped ? wrapped.path : path;
    }

    @Override
    public String getScheme() {
        return "faulty";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
        return files;
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return files;
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SeekableByteChannel newByteChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attrs)
            throws IOException {
        return newFileChannel(path, options, attrs);
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attrs)
            throws IOException {
        step("open", path);
        return new Channel(path, real.newFileChannel(real(path), options, attrs));
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path dir, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        step("list", dir);
        DirectoryStream<Path> stream = real.newDirectoryStream(real(dir), each -> filter.accept(new Wrapped(each)));
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                Iterator<Path> all = stream.iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return all.hasNext();
                    }

                    @Override
                    public Path next() {
                        return new Wrapped(all.next());
                    }
                };
            }

            @Override
            public void close() throws IOException {
                stream.close();
            }
        };
    }

    @Override
    public void createDirectory(Path dir, FileAttribute<?>... attrs) throws IOException {
        step("mkdir", dir);
        real.createDirectory(real(dir), attrs);
    }

    @Override
    public void delete(Path path) throws IOException {
        step("delete", path);
        real.delete(real(path));
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        step("copy", target);
        real.copy(real(source), real(target), options);
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        step("rename", target);
        real.move(real(source), real(target), options);
    }

    @Override
    public boolean isSameFile(Path path, Path other) throws IOException {
        return real.isSameFile(real(path), real(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return real.isHidden(real(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return real.getFileStore(real(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        real.checkAccess(real(path), modes);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        return real.getFileAttributeView(real(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return real.readAttributes(real(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return real.readAttributes(real(path), attributes, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        real.setAttribute(real(path), attribute, value, options);
    }

    private final class Channel extends FileChannel {
        private final Path path;
        private final FileChannel channel;

        Channel(Path path, FileChannel channel) {
            this.path = path;
            this.channel = channel;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            return channel.read(into);
        }

        @Override
        public long read(ByteBuffer[] into, int from, int count) throws IOException {
            return channel.read(into, from, count);
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return channel.read(into, position);
        }

        @Override
        public int write(ByteBuffer from) throws IOException {
            try {
                step("write", path);
            } catch (IOException e) {
                channel.write(from.slice(from.position(), from.remaining() / 2));
                throw e;
            }
            return channel.write(from);
        }

        @Override
        public long write(ByteBuffer[] from, int first, int count) throws IOException {
            step("write", path);
            return channel.write(from, first, count);
        }

        @Override
        public int write(ByteBuffer from, long position) throws IOException {
            step("write", path);
            return channel.write(from, position);
        }

        @Override
        public long position() throws IOException {
            return channel.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            channel.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            step("cut", path);
            channel.truncate(size);
            return this;
        }

        @Override
        public void force(boolean metaData) throws IOException {
            step("force", path);
            channel.force(metaData);
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
            return channel.transferTo(position, count, target);
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count) throws IOException {
            return channel.transferFrom(source, position, count);
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
            return channel.map(mode, position, size);
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) throws IOException {
            return channel.lock(position, size, shared);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return channel.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            channel.close();
        }
    }

    private final class Files extends FileSystem {
        @Override
        public FileSystemProvider provider() {
            return FaultyFiles.this;
        }

        @Override
        public void close() {}

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public boolean isReadOnly() {
            return false;
        }

        @Override
        public String getSeparator() {
            return "/";
        }

        @Override
        public Iterable<Path> getRootDirectories() {
            return List.of();
        }

        @Override
        public Iterable<FileStore> getFileStores() {
            return List.of();
        }

        @Override
        public Set<String> supportedFileAttributeViews() {
            return Set.of("basic");
        }

        @Override
        public Path getPath(String first, String... more) {
            return new Wrapped(Path.of(first, more));
        }

        @Override
        public PathMatcher getPathMatcher(String pattern) {
            PathMatcher matcher = java.nio.file.FileSystems.getDefault().getPathMatcher(pattern);
            return path -> matcher.matches(real(path));
        }

        @Override
        public UserPrincipalLookupService getUserPrincipalLookupService() {
            throw new UnsupportedOperationException();
        }

        @Override
        public WatchService newWatchService() {
            throw new UnsupportedOperationException();
        }
    }

    private final class Wrapped implements Path {
        private final Path path;

        Wrapped(Path path) {
            this.path = path;
        }

        private Path wrap(Path other) {
            return other == null ? null : new Wrapped(other);
        }

        @Override
        public FileSystem getFileSystem() {
            return files;
        }

        @Override
        public boolean isAbsolute() {
            return path.isAbsolute();
        }

        @Override
        public Path getRoot() {
            return wrap(path.getRoot());
        }

        @Override
        public Path getFileName() {
            return wrap(path.getFileName());
        }

        @Override
        public Path getParent() {
            return wrap(path.getParent());
        }

        @Override
        public int getNameCount() {
            return path.getNameCount();
        }

        @Override
        public Path getName(int index) {
            return wrap(path.getName(index));
        }

        @Override
        public Path subpath(int from, int to) {
            return wrap(path.subpath(from, to));
        }

        @Override
        public boolean startsWith(Path other) {
            return path.startsWith(real(other));
        }

        @Override
        public boolean endsWith(Path other) {
            return path.endsWith(real(other));
        }

        @Override
        public Path normalize() {
            return wrap(path.normalize());
        }

        @Override
        public Path resolve(Path other) {
            return wrap(path.resolve(real(other)));
        }

        @Override
        public Path relativize(Path other) {
            return wrap(path.relativize(real(other)));
        }

        @Override
        public URI toUri() {
            return path.toUri();
        }

        @Override
        public Path toAbsolutePath() {
            return wrap(path.toAbsolutePath());
        }

        @Override
        public Path toRealPath(LinkOption... options) {
            try {
                return wrap(path.toRealPath(options));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int compareTo(Path other) {
            return path.compareTo(real(other));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Wrapped wrapped && path.equals(wrapped.path);
        }

        @Override
        public int hashCode() {
            return path.hashCode();
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }
}
