"""TLS to the centre: verified by the authority's certificate and the server's name, or no line at all."""

import datetime
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.central.conftest import ABSENT
from tests.postgres import DEBIAN_15, CentreDatabase, make_template, running_server

from window_app.central.embedded import EmbeddedServer
from window_app.clock import SystemClock
from window_app.domain.line import LineDown

pytestmark = pytest.mark.skipif(not DEBIAN_15.is_dir(), reason=ABSENT)  # the wheel's server knows no TLS


class Authority:
    """A certificate authority of a bureau."""

    def __init__(self, name: str) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.certificate = self._sign(self._name, self._key.public_key(), None)

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(serialization.Encoding.PEM).decode("ascii")

    def server(self, host: str) -> tuple[bytes, bytes]:
        """Return certificate and key, as PEM, of a server of that name."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        made = self._sign(name, key.public_key(), host)
        plain = serialization.NoEncryption()
        pem = serialization.Encoding.PEM
        return made.public_bytes(pem), key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain)

    def _sign(self, name: x509.Name, public: ec.EllipticCurvePublicKey, host: str | None) -> x509.Certificate:
        now = SystemClock().now()
        made = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(self._name)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=2))
            .add_extension(x509.BasicConstraints(ca=host is None, path_length=None), critical=True)
        )
        if host is not None:
            made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        return made.sign(self._key, hashes.SHA256())


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority("bureau")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    with running_server(tmp_path_factory.mktemp("tls"), binaries=DEBIAN_15) as running:
        yield running


@pytest.fixture(scope="module")
def centre(server: EmbeddedServer, tmp_path_factory: pytest.TempPathFactory) -> CentreDatabase:
    return make_template(server, tmp_path_factory.mktemp("keys"))


def wear(centre: CentreDatabase, certificate: bytes, key: bytes) -> None:
    """Have the server answer with this certificate from now on."""
    folder = Path(str(centre.execute("SELECT current_setting('data_directory')")[0][0]))
    owner = folder.stat()
    for name, content in (("server.crt", certificate), ("server.key", key)):
        path = folder / name
        path.write_bytes(content)
        path.chmod(0o600)
        os.chown(path, owner.st_uid, owner.st_gid)
    before = centre.execute("SELECT pg_conf_load_time()")
    centre.execute("ALTER SYSTEM SET ssl = on")
    centre.execute("SELECT pg_reload_conf()")
    until = monotonic() + 10
    while centre.execute("SELECT pg_conf_load_time()") == before:
        assert monotonic() < until


def greet(centre: CentreDatabase, certificate: str) -> list[tuple[object, ...]]:
    """Say hello under a certificate, and return whether the server says that the line is encrypted."""
    seat = centre.stations["east"]
    end = seat.centre(address=replace(seat.address, host="localhost", certificate=certificate), deadline_seconds=10.0)
    try:
        end.hello()
        login = seat.address.user
        return centre.execute("SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename = %s", login)
    finally:
        end.close()


def test_a_line_is_encrypted_and_goes_to_the_server_that_the_authority_named(
    centre: CentreDatabase, authority: Authority
) -> None:
    wear(centre, *authority.server("localhost"))
    assert greet(centre, authority.pem) == [(True,)]


def test_another_authority_or_another_name_is_no_line(centre: CentreDatabase, authority: Authority) -> None:
    wear(centre, *authority.server("localhost"))
    with pytest.raises(LineDown) as stranger:
        greet(centre, Authority("somebody else").pem)
    assert stranger.value.code == "line.reason.tls"
    wear(centre, *authority.server("centre.example"))
    with pytest.raises(LineDown) as misnamed:
        greet(centre, authority.pem)
    assert misnamed.value.code == "line.reason.tls"
    assert not misnamed.value.sent
