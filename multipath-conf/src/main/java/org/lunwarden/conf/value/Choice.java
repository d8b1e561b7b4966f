package org.lunwarden.conf.value;

/** A value out of a few words. */
public interface Choice {

    String word();

    /** {@code path_grouping_policy}. */
    enum Grouping implements Choice {
        FAILOVER("failover"),
        MULTIBUS("multibus"),
        GROUP_BY_SERIAL("group_by_serial"),
        GROUP_BY_PRIO("group_by_prio"),
        GROUP_BY_NODE_NAME("group_by_node_name"),
        GROUP_BY_TPG("group_by_tpg");

        private final String word;

        Grouping(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** {@code find_multipaths}. */
    enum FindMultipaths implements Choice {
        OFF("off"),
        ON("on"),
        STRICT("strict"),
        GREEDY("greedy"),
        SMART("smart");

        private final String word;

        FindMultipaths(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** {@code marginal_pathgroups}. */
    enum MarginalPathgroups implements Choice {
        OFF("off"),
        ON("on"),
        FPIN("fpin");

        private final String word;

        MarginalPathgroups(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** {@code log_checker_err}. */
    enum LogCheckerErr implements Choice {
        ALWAYS("always"),
        ONCE("once");

        private final String word;

        LogCheckerErr(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** {@code rr_weight}. */
    enum RrWeight implements Choice {
        UNIFORM("uniform"),
        PRIORITIES("priorities");

        private final String word;

        RrWeight(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }
}
