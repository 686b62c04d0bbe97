import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.RevokedStatus;

/** Who is in the invented world: two listed authorities, one unlisted, and citizens good and bad. */
final class People {
  static final String JOVANA = "PNORS-2307990855035", MARKO = "PNORS-1503985810120";

  static Pki build() throws Exception {
    Pki pki = new Pki();
    var root = pki.make("root", "C=RS,O=Salter Test,CN=Salter Test Root", null,
      new Pki.Wish().ca().from("2020-01-01T00:00:00Z").until("2044-01-01T00:00:00Z"));
    var issuing = pki.make("issuing", "C=RS,O=Salter Test,CN=Salter Test Citizens CA", root,
      new Pki.Wish().ca().from("2021-01-01T00:00:00Z").until("2040-01-01T00:00:00Z"));
    var revokedCa = pki.make("revoked-ca", "C=RS,O=Salter Test,CN=Salter Test Withdrawn CA", root, new Pki.Wish().ca());
    var notCa = pki.make("not-ca", "C=RS,O=Salter Test,CN=Salter Test No CA", root, new Pki.Wish());
    var listed = pki.make("listed", "C=RS,O=Salter Test,CN=Salter Test Listed CA", null,
      new Pki.Wish().ca().keys("secp256r1").algorithm("SHA256withECDSA"));
    var stranger = pki.make("stranger", "C=RS,O=Unlisted,CN=Unlisted CA", null, new Pki.Wish().ca());
    var stale = pki.make("stale-ca", "C=RS,O=Salter Test,CN=Salter Test Late CA", root, new Pki.Wish().ca());
    var keeping = pki.make("keeping-ca", "C=RS,O=Salter Test,CN=Salter Test Keeping CA", root, new Pki.Wish().ca());

    pki.make("tsa", "C=RS,O=Salter Test,CN=Salter Test Time", root, new Pki.Wish().timeStamping());
    pki.make("stranger-tsa", "C=RS,O=Unlisted,CN=Unlisted Time", stranger, new Pki.Wish().timeStamping());
    pki.make("no-eku-tsa", "C=RS,O=Salter Test,CN=Salter Test No Time", root, new Pki.Wish());
    pki.make("responder", "C=RS,O=Salter Test,CN=Salter Test Status", issuing, new Pki.Wish().ocspSigning());
    pki.make("stranger-responder", "C=RS,O=Unlisted,CN=Unlisted Status", stranger, new Pki.Wish().ocspSigning());

    pki.make("jovana", Pki.citizen("Јована", "Маринковић", JOVANA), issuing, new Pki.Wish());
    pki.make("marko", Pki.citizen("Марко", "Илић", MARKO), issuing, new Pki.Wish());
    pki.make("jovana-ec", Pki.citizen("Јована", "Маринковић", JOVANA), issuing, new Pki.Wish().keys("secp256r1"));
    pki.make("jovana-ec384", Pki.citizen("Јована", "Маринковић", JOVANA), issuing, new Pki.Wish().keys("secp384r1"));
    pki.make("jovana-ec521", Pki.citizen("Јована", "Маринковић", JOVANA), issuing, new Pki.Wish().keys("secp521r1"));
    pki.make("jovana-listed", Pki.citizen("Јована", "Маринковић", JOVANA), listed, new Pki.Wish().keys("secp256r1").noCrl());
    pki.make("jovana-rsa1024", Pki.citizen("Јована", "Маринковић", JOVANA), issuing, new Pki.Wish().keys("RSA1024"));
    pki.make("nameless", "C=RS,CN=Јована Маринковић", issuing, new Pki.Wish());
    pki.make("expired", Pki.citizen("Јована", "Маринковић", JOVANA), issuing, new Pki.Wish().until("2026-06-01T00:00:00Z"));
    pki.make("expires-soon", Pki.citizen("Јована", "Маринковић", JOVANA), issuing, new Pki.Wish().until("2026-11-24T10:00:00Z"));
    pki.make("not-yet", Pki.citizen("Јована", "Маринковић", JOVANA), issuing, new Pki.Wish().from("2027-01-01T00:00:00Z"));
    var revokedEarly = pki.make("revoked-early", Pki.citizen("Јована", "Маринковић", JOVANA), issuing, new Pki.Wish());
    var revokedLate = pki.make("revoked-late", Pki.citizen("Јована", "Маринковић", JOVANA), issuing, new Pki.Wish());
    var held = pki.make("held", Pki.citizen("Јована", "Маринковић", JOVANA), issuing, new Pki.Wish());
    pki.make("only-login", Pki.citizen("Јована", "Маринковић", JOVANA), issuing, new Pki.Wish().usage(KeyUsage.digitalSignature));
    pki.make("only-cipher", Pki.citizen("Јована", "Маринковић", JOVANA), issuing, new Pki.Wish().usage(KeyUsage.keyEncipherment));
    pki.make("no-usage", Pki.citizen("Јована", "Маринковић", JOVANA), issuing, new Pki.Wish().usage(null));
    pki.make("unlisted", Pki.citizen("Јована", "Маринковић", JOVANA), stranger, new Pki.Wish().noCrl());
    pki.make("self-made", Pki.citizen("Јована", "Маринковић", JOVANA), null, new Pki.Wish().noCrl());
    pki.make("no-status", Pki.citizen("Јована", "Маринковић", JOVANA), issuing, new Pki.Wish().noCrl());
    pki.make("of-withdrawn", Pki.citizen("Јована", "Маринковић", JOVANA), revokedCa, new Pki.Wish());
    pki.make("of-not-ca", Pki.citizen("Јована", "Маринковић", JOVANA), notCa, new Pki.Wish());
    pki.make("of-stale", Pki.citizen("Јована", "Маринковић", JOVANA), stale, new Pki.Wish());
    pki.make("sha1-cert", Pki.citizen("Јована", "Маринковић", JOVANA), issuing, new Pki.Wish().algorithm("SHA1withRSA"));
    pki.make("expired-kept", Pki.citizen("Јована", "Маринковић", JOVANA), keeping, new Pki.Wish().until("2026-06-01T00:00:00Z"));
    pki.make("expires-soon-kept", Pki.citizen("Јована", "Маринковић", JOVANA), keeping, new Pki.Wish().until("2026-11-24T10:00:00Z"));
    var bothKept = pki.make("expired-revoked-kept", Pki.citizen("Јована", "Маринковић", JOVANA), keeping,
      new Pki.Wish().until("2026-11-24T10:00:00Z"));
    var ocspGood = pki.make("ocsp-good", Pki.citizen("Јована", "Маринковић", JOVANA), issuing, new Pki.Wish().ocsp("good"));
    var ocspRevoked = pki.make("ocsp-revoked", Pki.citizen("Јована", "Маринковић", JOVANA), issuing, new Pki.Wish().ocsp("revoked"));
    var ocspForged = pki.make("ocsp-forged", Pki.citizen("Јована", "Маринковић", JOVANA), issuing, new Pki.Wish().ocsp("forged"));

    Instant from = Pki.LISTED, until = Instant.parse("2026-11-25T11:30:00Z");
    pki.list(root, from, until, new Object[] { revokedCa, Instant.parse("2026-05-01T00:00:00Z"), CRLReason.cessationOfOperation });
    pki.list(issuing, from, until,
      new Object[] { revokedEarly, Instant.parse("2026-09-01T00:00:00Z"), CRLReason.keyCompromise },
      new Object[] { revokedLate, Instant.parse("2026-11-24T10:30:00Z"), CRLReason.superseded },
      new Object[] { held, Instant.parse("2026-11-01T00:00:00Z"), CRLReason.certificateHold });
    pki.list(revokedCa, from, until);
    pki.list(notCa, from, until);
    pki.list(stranger, from, until);
    pki.list(keeping, from, until, true, new Object[] { bothKept, Instant.parse("2026-11-24T09:30:00Z"), CRLReason.superseded });
    pki.list(stale, Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-02-01T00:00:00Z"));
    pki.answer("good", ocspGood, pki.holders.get("responder"), CertificateStatus.GOOD);
    pki.answer("revoked", ocspRevoked, pki.holders.get("responder"),
      new RevokedStatus(Date.from(Instant.parse("2026-09-01T00:00:00Z")), CRLReason.keyCompromise));
    pki.answer("forged", ocspForged, pki.holders.get("stranger-responder"), CertificateStatus.GOOD);
    return pki;
  }
}
