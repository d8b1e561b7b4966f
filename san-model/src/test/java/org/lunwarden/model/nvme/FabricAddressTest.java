package org.lunwarden.model.nvme;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.lunwarden.model.nvme.FabricAddress.FcPort;

class FabricAddressTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            emptyValue = "",
            value = {
                "'traddr=10.1.0.9,trsvcid=4420,host_traddr=10.1.0.1'       | 10.1.0.9 | 4420 | 10.1.0.1 | ''",
                "'traddr=10.1.0.9 trsvcid=4420 host_iface=eth1'            | 10.1.0.9 | 4420 | ''       | eth1",
                "'traddr=a,trsvcid=none'                                   | a        | ''   | ''       | ''",
                "'traddr=fd00::9,host_traddr=fd00::1,src_addr=fd00::2'     | fd00::9  | ''   | fd00::2  | ''",
                "'0000:01:00.0'                                            | ''       | ''   | ''       | ''",
                "'=,traddr,,x=1'                                           | ''       | ''   | ''       | ''"
            })
    void bothEndsOfAControllerAreTold(String text, String target, String service, String source, String netDevice) {
        assertThat(FabricAddress.parse(text)).isEqualTo(new FabricAddress(target, service, source, netDevice));
    }

    @Test
    void theNamesOfFcPortsAreTheirNodeAndPort() {
        var address = FabricAddress.parse("traddr=nn-0x200000a098aaaaaa:pn-0x201000a098aaaaaa,"
                + "host_traddr=nn-0x20000000c9a00001:pn-0x10000000c9a00001");

        assertThat(address.targetPort()).contains(new FcPort("200000a098aaaaaa", "201000a098aaaaaa"));
        assertThat(address.sourcePort()).contains(new FcPort("20000000c9a00001", "10000000c9a00001"));
        assertThat(FabricAddress.parse("traddr=nn-0x20:pn-").targetPort()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 20261121})
    void anyTextIsRead(long seed) {
        var random = new Random(seed);
        for (var round = 0; round < 5_000; round++) {
            var text = new StringBuilder();
            random.ints(random.nextInt(40), 0, 16).forEach(i -> text.append("traddr=,nn-0x:pf ".charAt(i)));

            var address = FabricAddress.parse(text.toString());

            assertThat(address.target().length() + address.source().length()).isLessThanOrEqualTo(text.length());
        }
    }
}
