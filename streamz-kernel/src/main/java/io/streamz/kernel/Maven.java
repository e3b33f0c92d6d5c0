package io.streamz.kernel;

import eu.maveniverse.maven.mima.context.Context;
import eu.maveniverse.maven.mima.context.ContextOverrides;
import eu.maveniverse.maven.mima.context.Runtimes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;

/**
 * Jars from the local Maven repository, from Central and from repositories that a notebook adds, with all they need at run
 * time. The user's {@code settings.xml} says where those are, which mirrors stand for them, and through which proxy.
 */
final class Maven {
    private final List<RemoteRepository> added = new ArrayList<>();

    void addRepository(String id, String url) {
        added.removeIf(repository -> repository.getId().equals(id));
        added.add(new RemoteRepository.Builder(id, "default", url).build());
    }

    /**
     * The jar of an artifact and those it needs.
     *
     * @param coordinates {@code group:artifact:version}, or {@code group:artifact:type:classifier:version}
     * @throws CellError when there is no such artifact
     */
    Set<Path> jars(String coordinates) {
        DefaultArtifact artifact = artifact(coordinates);
        ContextOverrides overrides =
                ContextOverrides.create().withUserSettings(true).build();
        try (Context context = Runtimes.INSTANCE.getRuntime().create(overrides)) {
            CollectRequest collect = new CollectRequest();
            collect.setRoot(new Dependency(artifact, JavaScopes.RUNTIME));
            collect.setRepositories(context.remoteRepositories());
            added.forEach(collect::addRepository);
            DependencyRequest request = new DependencyRequest(
                    collect, DependencyFilterUtils.classpathFilter(JavaScopes.COMPILE, JavaScopes.RUNTIME));
            return context
                    .repositorySystem()
                    .resolveDependencies(context.repositorySystemSession(), request)
                    .getArtifactResults()
                    .stream()
                    .map(ArtifactResult::getArtifact)
                    .map(each -> each.getFile().toPath())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        } catch (DependencyResolutionException e) {
            throw new CellError(
                    e.getMessage(),
                    List.of(
                            "%maven " + coordinates + ": " + e.getMessage(),
                            "looked in the local repository, in those of settings.xml and in Central; %mavenRepo adds another"));
        }
    }

    private static DefaultArtifact artifact(String coordinates) {
        String[] parts = coordinates.split(":", -1);
        try {
            if (parts.length == 5) {
                return new DefaultArtifact(parts[0], parts[1], parts[3], parts[2], parts[4]);
            }
            return new DefaultArtifact(coordinates);
        } catch (IllegalArgumentException e) {
            throw new CellError(
                    "bad coordinates",
                    List.of("'" + coordinates + "' names no artifact", "say %maven group:artifact:version"));
        }
    }
}
