package org.lunwarden.conf.effective;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.lunwarden.conf.value.Choice;
import org.lunwarden.conf.value.HostKeywords;
import org.lunwarden.conf.value.Keyword;
import org.lunwarden.conf.value.MapKeywords;
import org.lunwarden.model.settings.BoundedWait;
import org.lunwarden.model.settings.ShakyPathRule;

/**
 * How a path that fails and returns again and again is held back; of the methods that are set, at most one is in force.
 *
 * @param remarks sentences about what is set and has no effect, or that of other keywords
 */
public record ShakyPaths(ShakyPathRule rule, List<String> remarks) {

    private static final int SHORTEST_SAMPLE = 120;

    private static final List<Keyword<Integer>> MARGINAL = List.of(
            MapKeywords.MARGINAL_PATH_DOUBLE_FAILED_TIME,
            MapKeywords.MARGINAL_PATH_ERR_SAMPLE_TIME,
            MapKeywords.MARGINAL_PATH_ERR_RATE_THRESHOLD,
            MapKeywords.MARGINAL_PATH_ERR_RECHECK_GAP_TIME);
    private static final List<Keyword<Integer>> COUNTED = List.of(
            MapKeywords.SAN_PATH_ERR_THRESHOLD,
            MapKeywords.SAN_PATH_ERR_FORGET_RATE,
            MapKeywords.SAN_PATH_ERR_RECOVERY_TIME);

    public ShakyPaths {
        remarks = List.copyOf(remarks);
    }

    public static ShakyPaths of(Precedence precedence) {
        if (precedence.built(HostKeywords.MARGINAL_PATHGROUPS) == Choice.MarginalPathgroups.FPIN) {
            var unused = set(precedence, Stream.concat(MARGINAL.stream(), COUNTED.stream()));
            return new ShakyPaths(
                    new ShakyPathRule.Fabric(),
                    unused.isEmpty()
                            ? List.of()
                            : List.of(names(unused) + ": no effect with marginal_pathgroups fpin"));
        }
        var remarks = new ArrayList<String>();
        var counted = counted(precedence, remarks);
        var marginal = set(precedence, MARGINAL.stream());
        if (marginal.size() == MARGINAL.size()) {
            if (counted instanceof ShakyPathRule.Counted) {
                remarks.clear();
                remarks.add("san_path_err_*, delay_*: no effect beside marginal_path_*");
            }
            return new ShakyPaths(sampled(precedence, remarks), remarks);
        }
        if (!marginal.isEmpty()) {
            remarks.add(names(marginal) + ": no effect without the others of marginal_path_*");
        }
        return new ShakyPaths(counted, remarks);
    }

    private static ShakyPathRule sampled(Precedence precedence, List<String> remarks) {
        var sample = precedence.built(MapKeywords.MARGINAL_PATH_ERR_SAMPLE_TIME);
        if (sample < SHORTEST_SAMPLE) {
            remarks.add("marginal_path_err_sample_time " + sample + ": less than 120, taken as that");
        }
        return new ShakyPathRule.Sampled(
                seconds(precedence, MapKeywords.MARGINAL_PATH_DOUBLE_FAILED_TIME),
                BoundedWait.of(Duration.ofSeconds(Math.max(sample, SHORTEST_SAMPLE))),
                precedence.built(MapKeywords.MARGINAL_PATH_ERR_RATE_THRESHOLD),
                seconds(precedence, MapKeywords.MARGINAL_PATH_ERR_RECHECK_GAP_TIME));
    }

    private static ShakyPathRule counted(Precedence precedence, List<String> remarks) {
        var set = set(precedence, COUNTED.stream());
        var watch = precedence.built(MapKeywords.DELAY_WATCH_CHECKS);
        var wait = precedence.built(MapKeywords.DELAY_WAIT_CHECKS);
        if (set.size() == COUNTED.size()) {
            if (watch > 0 || wait > 0) {
                remarks.add("delay_*: no effect beside san_path_err_*");
            }
            return new ShakyPathRule.Counted(
                    precedence.built(MapKeywords.SAN_PATH_ERR_THRESHOLD),
                    precedence.built(MapKeywords.SAN_PATH_ERR_FORGET_RATE),
                    seconds(precedence, MapKeywords.SAN_PATH_ERR_RECOVERY_TIME));
        }
        if (!set.isEmpty()) {
            remarks.add(names(set) + ": no effect without the others of san_path_err_*");
            return new ShakyPathRule.None();
        }
        if (watch > 0 && wait > 0) {
            var recovery = BoundedWait.times(precedence.intervals().longest(), wait);
            remarks.add("delay_watch_checks " + watch + ", delay_wait_checks " + wait
                    + ": taken as san_path_err_threshold 1, san_path_err_forget_rate " + watch
                    + ", san_path_err_recovery_time " + recovery.toSeconds());
            return new ShakyPathRule.Counted(1, watch, recovery);
        }
        if (watch > 0 || wait > 0) {
            remarks.add("one of delay_watch_checks and delay_wait_checks has no effect without the other");
        }
        return new ShakyPathRule.None();
    }

    private static List<Keyword<Integer>> set(Precedence precedence, Stream<Keyword<Integer>> keywords) {
        return keywords.filter(keyword -> precedence.built(keyword) > 0).toList();
    }

    private static String names(List<Keyword<Integer>> keywords) {
        return String.join(", ", keywords.stream().map(Keyword::name).toList());
    }

    private static Duration seconds(Precedence precedence, Keyword<Integer> keyword) {
        return BoundedWait.of(Duration.ofSeconds(precedence.built(keyword)));
    }
}
