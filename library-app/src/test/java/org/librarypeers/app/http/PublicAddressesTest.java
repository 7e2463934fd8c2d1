package org.librarypeers.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of which addresses belong to the public internet. */
class PublicAddressesTest {

    private static boolean isPublic(String address) throws UnknownHostException {
        return PublicAddresses.contain(InetAddress.getByName(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0.0.0",
                "99.64.0.1",
                "100.63.255.255",
                "100.128.0.0",
                "192.0.1.0",
                "192.1.0.0",
                "193.0.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "199.18.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2001:100::1",
                "2001:1::1",
                "2003::1",
                "2102::1",
                "fb00::1",
                "::8.8.8.8",
                "64:ff9b::8.8.8.8",
                "64:ff9a::10.0.0.1",
                "64:fe9b::10.0.0.1",
                "65:ff9b::10.0.0.1",
                "164:ff9b::10.0.0.1",
                "0:0:0:0:1::10.0.0.1",
                "2002:808:808::1"
            })
    void an_address_of_the_internet_is_public(String address) throws UnknownHostException {
        assertThat(isPublic(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.0.0.1",
                "10.0.0.1",
                "100.64.0.0",
                "100.127.255.255",
                "127.0.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "192.0.0.1",
                "192.168.0.1",
                "198.18.0.1",
                "198.19.255.255",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::10.0.0.1",
                "fc00::1",
                "fd12::1",
                "fe80::1",
                "ff02::1",
                "2001::1",
                "64:ff9b::10.0.0.1",
                "2002:a00:1::1"
            })
    void an_address_of_a_network_of_ones_own_is_not(String address) throws UnknownHostException {
        assertThat(isPublic(address)).isFalse();
    }
}
