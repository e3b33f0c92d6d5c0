package io.streamz.kernel;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;

/**
 * Loads what cells declare and the jars they add. Of the kernel's own jars they see what talks to the kernel, and nothing of
 * what it needs for itself: a notebook may bring other versions of that.
 */
final class CellLoader extends URLClassLoader implements LoaderDelegate {
    private static final String[] SHARED = {"org.dflib.jjava.jupyter.", "io.streamz.kernel.StopFlag"};

    CellLoader() {
        super(new URL[0], new Shared());
    }

    @Override
    public void load(ClassBytecodes[] classes) throws ClassInstallException {
        boolean[] loaded = new boolean[classes.length];
        // All are there before one is linked: they may name each other.
        try {
            for (int i = 0; i < classes.length; i++) {
                byte[] code = LoopStops.into(classes[i].bytecodes());
                defineClass(classes[i].name().replace('/', '.'), code, 0, code.length);
                loaded[i] = true;
            }
        } catch (LinkageError e) {
            throw new ClassInstallException(e.toString(), loaded);
        }
    }

    @Override
    public void classesRedefined(ClassBytecodes[] classes) {}

    @Override
    public void addToClasspath(String path) {
        for (String each : path.split(File.pathSeparator, 0)) {
            try {
                addURL(new File(each).toURI().toURL());
            } catch (MalformedURLException e) {
                throw new IllegalArgumentException(each + " is no path", e);
            }
        }
    }

    @Override
    public Class<?> findClass(String name) throws ClassNotFoundException {
        Class<?> known = findLoadedClass(name);
        return known != null ? known : super.findClass(name);
    }

    private static final class Shared extends ClassLoader {
        Shared() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            for (String shared : SHARED) {
                if (name.startsWith(shared)) {
                    return CellLoader.class.getClassLoader().loadClass(name);
                }
            }
            throw new ClassNotFoundException(name);
        }
    }
}
