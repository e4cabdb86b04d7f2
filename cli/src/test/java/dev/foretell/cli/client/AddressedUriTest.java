package dev.foretell.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class AddressedUriTest {
    private static URI of(String uri, String address) throws UnknownHostException {
        return AddressedUri.of(URI.create(uri), name -> InetAddress.getByName(address));
    }

    @Test
    void whatTheClientTakesStaysAsItIs() throws UnknownHostException {
        assertThat(of("http://router:8000/livez", "10.0.0.7")).hasToString("http://router:8000/livez");
    }

    @Test
    void aNameWithAnUnderscoreGivesWayToItsAddress() throws UnknownHostException {
        assertThat(of("http://my_router:8000/livez", "10.0.0.7")).hasToString("http://10.0.0.7:8000/livez");
        assertThat(of("http://my_router/livez?x=1", "::1")).hasToString("http://[0:0:0:0:0:0:0:1]/livez?x=1");
    }

    @Test
    void whatHasNoHostIsNone() {
        assertThatThrownBy(() -> of("http://:8000/livez", "::1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> of("http://a_b:port/livez", "::1")).isInstanceOf(IllegalArgumentException.class);
    }
}
