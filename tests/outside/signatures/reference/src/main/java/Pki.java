import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.*;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cert.ocsp.*;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** The invented authorities and people, their certificates, revocation lists and status answers. */
final class Pki {
  static final String HOME = "http://pki.salter.example/";
  static final Instant FROM = Instant.parse("2024-01-01T00:00:00Z");
  static final Instant UNTIL = Instant.parse("2034-01-01T00:00:00Z");
  static final Instant LISTED = Instant.parse("2026-11-24T11:30:00Z");

  record Holder(String id, PrivateKey key, X509CertificateHolder cert, Holder issuer) {}

  /** What a certificate is like; what is not said is as a good citizen's. */
  static final class Wish {
    Instant from = FROM, until = UNTIL;
    Integer usage = KeyUsage.digitalSignature | KeyUsage.nonRepudiation;
    boolean ca = false, crl = true, timeStamping = false, ocspSigning = false;
    String ocsp = null, keys = "RSA2048", algorithm = "SHA256withRSA";
    Wish from(String t) { from = Instant.parse(t); return this; }
    Wish until(String t) { until = Instant.parse(t); return this; }
    Wish usage(Integer u) { usage = u; return this; }
    Wish ca() { ca = true; usage = KeyUsage.keyCertSign | KeyUsage.cRLSign; return this; }
    Wish noCrl() { crl = false; return this; }
    Wish ocsp(String name) { ocsp = name; crl = false; return this; }
    Wish keys(String k) { keys = k; return this; }
    Wish algorithm(String a) { algorithm = a; return this; }
    Wish timeStamping() { timeStamping = true; usage = KeyUsage.digitalSignature; return this; }
    Wish ocspSigning() { ocspSigning = true; usage = KeyUsage.digitalSignature; crl = false; return this; }
  }

  final Map<String, Holder> holders = new LinkedHashMap<>();
  /** Address → bytes, as a fetcher would get them. */
  final Map<String, byte[]> web = new LinkedHashMap<>();
  private long serial = 0x51A17E00L;

  Holder make(String id, String name, Holder issuer, Wish wish) throws Exception {
    KeyPair pair = pair(wish.keys);
    X500Name subject = new X500Name(name);
    String signing = issuer == null ? wish.algorithm : issuer.key().getAlgorithm().equals("EC") ? "SHA256withECDSA" : wish.algorithm;
    var builder = new JcaX509v3CertificateBuilder(issuer == null ? subject : issuer.cert().getSubject(), BigInteger.valueOf(++serial),
      Date.from(wish.from), Date.from(wish.until), subject, pair.getPublic());
    var ext = new JcaX509ExtensionUtils();
    builder.addExtension(Extension.subjectKeyIdentifier, false, ext.createSubjectKeyIdentifier(pair.getPublic()));
    if (issuer != null) builder.addExtension(Extension.authorityKeyIdentifier, false, ext.createAuthorityKeyIdentifier(issuer.cert()));
    if (wish.ca) builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    if (wish.usage != null) builder.addExtension(Extension.keyUsage, true, new KeyUsage(wish.usage));
    if (wish.timeStamping) builder.addExtension(Extension.extendedKeyUsage, true, new ExtendedKeyUsage(KeyPurposeId.id_kp_timeStamping));
    if (wish.ocspSigning) {
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_OCSPSigning));
      builder.addExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck, false, DERNull.INSTANCE);
    }
    if (issuer != null && wish.crl) {
      var at = new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, crlAddress(issuer.id())));
      builder.addExtension(Extension.cRLDistributionPoints, false,
        new CRLDistPoint(new DistributionPoint[] { new DistributionPoint(new DistributionPointName(at), null, null) }));
    }
    if (wish.ocsp != null) {
      builder.addExtension(Extension.authorityInfoAccess, false, new AuthorityInformationAccess(
        AccessDescription.id_ad_ocsp, new GeneralName(GeneralName.uniformResourceIdentifier, HOME + "ocsp/" + wish.ocsp)));
    }
    var holder = new Holder(id, pair.getPrivate(),
      builder.build(new JcaContentSignerBuilder(signing).build(issuer == null ? pair.getPrivate() : issuer.key())), issuer);
    holders.put(id, holder);
    return holder;
  }

  static String crlAddress(String issuer) { return HOME + issuer + ".crl"; }

  /** A revocation list of the authority; `revoked` is holder, moment, reason. */
  void list(Holder authority, Instant from, Instant until, Object[]... revoked) throws Exception {
    list(authority, from, until, false, revoked);
  }

  /** `keepsExpired`: the list goes on naming certificates that have expired since 2024 (expiredCertsOnCRL). */
  void list(Holder authority, Instant from, Instant until, boolean keepsExpired, Object[]... revoked) throws Exception {
    var builder = new X509v2CRLBuilder(authority.cert().getSubject(), Date.from(from));
    builder.setNextUpdate(Date.from(until));
    var ext = new JcaX509ExtensionUtils();
    builder.addExtension(Extension.authorityKeyIdentifier, false, ext.createAuthorityKeyIdentifier(authority.cert()));
    builder.addExtension(Extension.cRLNumber, false, new CRLNumber(BigInteger.valueOf(7)));
    if (keepsExpired) builder.addExtension(Extension.expiredCertsOnCRL, false, new DERGeneralizedTime(Date.from(FROM)));
    for (Object[] each : revoked) {
      builder.addCRLEntry(((Holder) each[0]).cert().getSerialNumber(), Date.from((Instant) each[1]), (Integer) each[2]);
    }
    web.put(crlAddress(authority.id()), builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(authority.key())).getEncoded());
  }

  /** A status answer for the holder, signed by `responder`; `status` null is good. */
  void answer(String name, Holder holder, Holder responder, CertificateStatus status) throws Exception {
    var digests = new JcaDigestCalculatorProviderBuilder().build();
    var id = new CertificateID(digests.get(CertificateID.HASH_SHA1), holder.issuer().cert(), holder.cert().getSerialNumber());
    var builder = new BasicOCSPRespBuilder(new RespID(responder.cert().getSubject()));
    builder.addResponse(id, status, Date.from(LISTED), Date.from(LISTED.plusSeconds(86400)));
    var basic = builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(responder.key()),
      new X509CertificateHolder[] { responder.cert() }, Date.from(LISTED));
    web.put(HOME + "ocsp/" + name, new OCSPRespBuilder().build(OCSPRespBuilder.SUCCESSFUL, basic).getEncoded());
  }

  private static KeyPair pair(String keys) throws Exception {
    var generator = KeyPairGenerator.getInstance(keys.startsWith("RSA") ? "RSA" : "EC");
    if (keys.startsWith("RSA")) generator.initialize(Integer.parseInt(keys.substring(3)));
    else generator.initialize(new ECGenParameterSpec(keys));
    return generator.generateKeyPair();
  }

  static String citizen(String given, String family, String number) {
    return "C=RS,CN=" + given + " " + family + ",2.5.4.4=" + family + ",2.5.4.42=" + given + ",2.5.4.5=" + number;
  }
}
