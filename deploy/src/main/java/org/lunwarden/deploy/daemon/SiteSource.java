package org.lunwarden.deploy.daemon;

import java.nio.file.Path;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.lunwarden.fleet.FleetNode;
import org.lunwarden.fleet.sitefile.SiteFileReader;
import org.lunwarden.fleet.sitefile.SiteFileReader.Read;

/** Where a view has what no host can see. A file that cannot be used changes nothing of what holds. */
record SiteSource(FleetNode member, Path file) {

    private static final Logger LOG = LoggerFactory.getLogger(SiteSource.class);

    /** Of a view that has one, which is read at once. */
    static Optional<SiteSource> of(FleetNode member, Optional<Path> file) {
        var source = file.filter(any -> member.settings().isView()).map(path -> new SiteSource(member, path));
        source.ifPresent(SiteSource::follow);
        return source;
    }

    void follow() {
        switch (SiteFileReader.read(file)) {
            case Read.Usable(var site) -> {
                member.follow(site);
                LOG.info(
                        "{}: {} names, {} sets of components",
                        file,
                        site.names().size(),
                        site.sets().size());
            }
            case Read.Broken(var problems) ->
                problems.forEach(problem -> LOG.error("{}:{}; what it said before holds", file, problem));
        }
    }
}
