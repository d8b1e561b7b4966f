package org.lunwarden.fleet.diagnosis;

/** The arithmetic of the risk model. Natural logarithms throughout. */
final class Likelihood {

    private Likelihood() {}

    /**
     * What it gains to call a component faulty, over calling all its failures noise.
     *
     * @param failed weight of failed nexuses through it
     * @param against weight of those that are up
     * @param fraction share of its traffic that fails, below 1
     * @param prior logarithm of its probability to be faulty
     */
    static double gain(double failed, double against, double fraction, double noise, double prior) {
        return failed * Math.log((noise + (1 - noise) * fraction) / noise) + against * Math.log1p(-fraction) + prior;
    }
}
