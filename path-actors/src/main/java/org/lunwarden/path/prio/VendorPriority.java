package org.lunwarden.path.prio;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.lunwarden.io.DeviceProbe.Answer;
import org.lunwarden.io.DeviceProbe.ScsiReply;
import org.lunwarden.model.map.Priority;
import org.lunwarden.model.scsi.Cdb;
import org.lunwarden.model.scsi.ClariionPage;
import org.lunwarden.model.scsi.DataCoreInquiry;
import org.lunwarden.model.scsi.Decoded;
import org.lunwarden.model.scsi.HitachiInquiry;
import org.lunwarden.model.scsi.OntapPath;
import org.lunwarden.model.scsi.Sense;
import org.lunwarden.model.scsi.VolumeAccessPage;
import org.lunwarden.path.exchange.Exchange;

/**
 * The prioritizers that ask an array in the words of its vendor.
 *
 * <pre>
 * emc     unbound 0, bound 1, owned 2; 2 more on the processor that owns the unit by default
 * rdac    owned 2; preferred controller 4, the other one 1; I/O shipped to the owner 8; no answer 0
 * hp_sw   ready 4, waits for a START STOP UNIT 2, any other 0
 * datacore  1 where the INQUIRY data name the server of the arguments, else 0
 * ontap   ism_sn 3, ism_sw and iswt 2; of another state 1 through another controller, else 4; no answer 0
 * hds     1 where the controller and the unit are both odd or both even, else 0
 * </pre>
 */
final class VendorPriority {

    private static final int ALLOCATION = 252;
    private static final PrioReading NOTHING = read(0);
    private static final Priority DIRECT = new Priority(4);

    private VendorPriority() {}

    /** Sends a command to the device. */
    interface Line {
        CompletionStage<Answer<ScsiReply>> send(byte[] cdb, int dataIn);
    }

    static CompletionStage<PrioReading> emc(Line line) {
        return ask(
                line, Cdb.inquiryPage(ClariionPage.CODE, ALLOCATION), reply -> emc(page(reply, ClariionPage::parse)));
    }

    static PrioReading emc(Decoded<ClariionPage> answer) {
        return switch (answer) {
            case Decoded.Ok<ClariionPage>(var page) ->
                page.configured() && page.available()
                        ? read(worth(page.binding()) + (page.inDefaultPlace() ? 2 : 0))
                        : new PrioReading.Failed("the unit is not configured for failover, or not available");
            case Decoded.Invalid<ClariionPage>(var fault, var offset, var problem) -> new PrioReading.Failed(problem);
        };
    }

    private static int worth(ClariionPage.Binding binding) {
        return switch (binding) {
            case UNBOUND -> 0;
            case BOUND -> 1;
            case OWNED -> 2;
        };
    }

    static CompletionStage<PrioReading> rdac(Line line) {
        return ask(
                        line,
                        Cdb.inquiryPage(VolumeAccessPage.CODE, ALLOCATION),
                        reply -> rdac(page(reply, VolumeAccessPage::parse)))
                .thenApply(VendorPriority::orNothing);
    }

    static PrioReading rdac(Decoded<VolumeAccessPage> answer) {
        if (!(answer instanceof Decoded.Ok<VolumeAccessPage>(var page)) || !page.signed()) {
            return NOTHING;
        }
        var place = switch (page.preference()) {
            case NONE -> 0;
            case SECONDARY -> 1;
            case PREFERRED -> 4;
        };
        return read(place + (page.owned() ? 2 : 0) + (page.shipsIo() ? 8 : 0));
    }

    static CompletionStage<PrioReading> hp(Line line) {
        return ask(line, 0, Cdb.testUnitReady(), VendorPriority::hp).thenApply(VendorPriority::orNothing);
    }

    private static PrioReading hp(ScsiReply reply) {
        if (Exchange.isGood(reply)) {
            return read(4);
        }
        return reply.hostStatus() == 0 && Exchange.sense(reply) instanceof Decoded.Ok<Sense>(var sense)
                ? read(hp(sense))
                : NOTHING;
    }

    private static int hp(Sense sense) {
        if (!sense.deferred() && sense.key() == Sense.RECOVERED_ERROR) {
            return 4;
        }
        return sense.is(Sense.NOT_READY, 0x04, 0x02) ? 2 : 0;
    }

    static CompletionStage<PrioReading> ontap(Line line) {
        return line.send(Cdb.ontapPath(), OntapPath.ALLOCATION)
                .thenCompose(answer -> switch (judged(answer, VendorPriority::ontap)) {
                    case PrioReading.Read(var priority, var alua) when priority.equals(DIRECT) -> proxied(line);
                    case PrioReading reading -> CompletableFuture.completedStage(orNothing(reading));
                });
    }

    private static PrioReading ontap(ScsiReply reply) {
        return switch (page(reply, OntapPath::parse)) {
            case Decoded.Ok<OntapPath>(var path) -> ontap(path, List.of());
            case Decoded.Invalid<OntapPath>(var fault, var offset, var problem) -> new PrioReading.Failed(problem);
        };
    }

    private static CompletionStage<PrioReading> proxied(Line line) {
        return line.send(Cdb.inquiryPage(OntapPath.PROXY_PAGE, OntapPath.ALLOCATION), OntapPath.ALLOCATION)
                .thenApply(answer -> switch (answer) {
                    case Answer.Answered<ScsiReply>(var reply) ->
                        ontap(OntapPath.OTHER, Exchange.hasData(reply) ? reply.data() : List.of());
                    case Answer.NotAsked<ScsiReply> notAsked -> new PrioReading.Skipped();
                    case Answer.TimedOut<ScsiReply> timedOut -> ontap(OntapPath.OTHER, List.of());
                    case Answer.Refused<ScsiReply> refused -> ontap(OntapPath.OTHER, List.of());
                });
    }

    /** @param proxyPage empty where the array has none */
    static PrioReading ontap(OntapPath path, List<Byte> proxyPage) {
        return switch (path) {
            case ISM_SN -> read(3);
            case ISM_SW -> read(2);
            case OTHER -> OntapPath.isProxied(proxyPage) ? read(1) : new PrioReading.Read(DIRECT, false);
        };
    }

    static CompletionStage<PrioReading> hds(Line line) {
        return ask(line, Cdb.inquiry(ALLOCATION), reply -> hds(page(reply, HitachiInquiry::parse)));
    }

    static PrioReading hds(Decoded<HitachiInquiry> answer) {
        return switch (answer) {
            case Decoded.Ok<HitachiInquiry>(var inquiry) -> read(inquiry.isHome() ? 1 : 0);
            case Decoded.Invalid<HitachiInquiry>(var fault, var offset, var problem) -> new PrioReading.Failed(problem);
        };
    }

    static CompletionStage<PrioReading> datacore(Line line, String server) {
        return ask(line, Cdb.inquiry(ALLOCATION), reply -> datacore(reply, server))
                .thenApply(VendorPriority::orNothing);
    }

    private static PrioReading datacore(ScsiReply reply, String server) {
        return page(reply, DataCoreInquiry::parse) instanceof Decoded.Ok<DataCoreInquiry>(var inquiry)
                        && inquiry.server().contains(server)
                ? read(1)
                : NOTHING;
    }

    private static <T> Decoded<T> page(ScsiReply reply, Function<List<Byte>, Decoded<T>> reader) {
        return Exchange.hasData(reply)
                ? reader.apply(reply.data())
                : new Decoded.Invalid<>(Decoded.Fault.NOTHING_USABLE, 0, Exchange.words(reply));
    }

    private static PrioReading orNothing(PrioReading reading) {
        return reading instanceof PrioReading.Failed ? NOTHING : reading;
    }

    private static CompletionStage<PrioReading> ask(Line line, byte[] cdb, Function<ScsiReply, PrioReading> judge) {
        return ask(line, ALLOCATION, cdb, judge);
    }

    private static CompletionStage<PrioReading> ask(
            Line line, int dataIn, byte[] cdb, Function<ScsiReply, PrioReading> judge) {
        return line.send(cdb, dataIn).thenApply(answer -> judged(answer, judge));
    }

    static PrioReading judged(Answer<ScsiReply> answer, Function<ScsiReply, PrioReading> judge) {
        return switch (answer) {
            case Answer.Answered<ScsiReply>(var reply) -> judge.apply(reply);
            case Answer.TimedOut<ScsiReply> timedOut -> new PrioReading.Failed("no answer in time");
            case Answer.Refused<ScsiReply>(var errno, var call, var reason) ->
                new PrioReading.Failed(call + ": " + reason);
            case Answer.NotAsked<ScsiReply> notAsked -> new PrioReading.Skipped();
        };
    }

    private static PrioReading read(int priority) {
        return new PrioReading.Read(new Priority(priority), false);
    }
}
