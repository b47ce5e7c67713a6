"""Whose signature a PDF says it bears: the signer's certificate, not those of the authorities above it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import PKCS7Options, PKCS7SignatureBuilder
from cryptography.x509.oid import NameOID

from docproc.readers.pdf_marks import signer_of

DAY = datetime(2026, 1, 1, tzinfo=UTC)


def certificate(subject: dict[x509.ObjectIdentifier, str], issuer: str, key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(kind, value) for kind, value in subject.items()]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(DAY)
        .not_valid_after(DAY.replace(year=2030))
        .sign(key, hashes.SHA256())
    )


def container(subject: dict[x509.ObjectIdentifier, str]) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    signer = certificate(subject, "CFCA ACS OCA31", key)
    middle = certificate({NameOID.COMMON_NAME: "CFCA ACS OCA31"}, "CFCA 根", key)
    root = certificate({NameOID.COMMON_NAME: "CFCA 根"}, "CFCA 根", key)
    builder = (
        PKCS7SignatureBuilder().set_data(b"pdf").add_signer(signer, key, hashes.SHA256()).add_certificate(middle).add_certificate(root)
    )
    return builder.sign(Encoding.DER, [PKCS7Options.DetachedSignature])


@pytest.mark.parametrize("padding", [0, 4000])
def test_the_signer_and_not_those_who_issued(padding: int) -> None:
    made = container({NameOID.ORGANIZATION_NAME: "某集团", NameOID.COMMON_NAME: "天津子虚阀门制造有限公司"})
    assert signer_of(made + bytes(padding)) == "天津子虚阀门制造有限公司"


def test_an_organisation_where_no_common_name_is_stated() -> None:
    assert signer_of(container({NameOID.ORGANIZATION_NAME: "天津乌有设备有限公司"})) == "天津乌有设备有限公司"


@pytest.mark.parametrize("data", [b"", b"0", b"0\x84", b"\x30\x80", b"\x30\x82\xff\xff" + bytes(50), bytes(range(256))])
def test_what_is_no_container_names_nobody(data: bytes) -> None:
    assert signer_of(data) == ""
