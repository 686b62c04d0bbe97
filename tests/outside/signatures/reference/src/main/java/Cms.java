import java.security.MessageDigest;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.*;
import org.bouncycastle.asn1.cms.*;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.tsp.MessageImprint;
import org.bouncycastle.asn1.tsp.TSTInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.*;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.util.CollectionStore;

/** Makes a CMS signature, well or wrongly. What is not said is right. */
final class Cms {
  Pki.Holder signer;
  String algorithm = "SHA256withRSA";
  Instant signingTime = null;
  boolean signingCertificate = true, attributes = true, enveloped = false, embedSigner = true, embedChain = true;
  X509CertificateHolder claimed = null;
  PrivateKey key = null;
  byte[] digest = null;
  String contentType = null;
  List<Pki.Holder> alsoEmbed = new ArrayList<>();
  List<Cms> together = new ArrayList<>();
  /** The time stamp: authority, moment, and what it stamps instead of the signature. */
  Pki.Holder tsa = null;
  Instant stampedAt = null;
  byte[] stampedInstead = null;

  static Cms by(Pki.Holder signer) {
    Cms cms = new Cms();
    cms.signer = signer;
    cms.algorithm = signer.key().getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
    return cms;
  }
  Cms algorithm(String a) { algorithm = a; return this; }
  Cms at(String t) { signingTime = Instant.parse(t); return this; }
  Cms stamped(Pki.Holder authority, String t) { tsa = authority; stampedAt = Instant.parse(t); return this; }
  Cms stamped(Pki.Holder authority, String t, String instead) { stampedInstead = instead.getBytes(); return stamped(authority, t); }
  Cms without(String what) {
    switch (what) {
      case "signing-certificate" -> signingCertificate = false;
      case "attributes" -> attributes = false;
      case "certificate" -> embedSigner = false;
      case "chain" -> embedChain = false;
      default -> throw new IllegalArgumentException(what);
    }
    return this;
  }
  Cms claims(Pki.Holder other) { claimed = other.cert(); return this; }
  Cms key(Pki.Holder other) { key = other.key(); return this; }
  Cms digestOf(String other) throws Exception { digest = MessageDigest.getInstance("SHA-256").digest(other.getBytes()); return this; }
  Cms type(String oid) { contentType = oid; return this; }
  Cms enveloped() { enveloped = true; return this; }
  Cms with(Pki.Holder... more) { alsoEmbed.addAll(List.of(more)); return this; }
  Cms together(Cms other) { together.add(other); return this; }

  byte[] sign(byte[] content) throws Exception {
    var generator = new CMSSignedDataGenerator();
    List<X509CertificateHolder> certificates = new ArrayList<>();
    add(generator, certificates);
    for (Cms other : together) other.add(generator, certificates);
    generator.addCertificates(new CollectionStore<>(certificates));
    CMSSignedData signed = generator.generate(new CMSProcessableByteArray(content), enveloped);
    if (tsa != null) signed = stamp(signed);
    return signed.toASN1Structure().getEncoded(ASN1Encoding.DER);
  }

  private void add(CMSSignedDataGenerator generator, List<X509CertificateHolder> certificates) throws Exception {
    var content = new JcaContentSignerBuilder(algorithm).build(key == null ? signer.key() : key);
    var builder = new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build());
    if (!attributes) builder.setDirectSignature(true);
    else builder.setSignedAttributeGenerator(this::signedAttributes);
    generator.addSignerInfoGenerator(builder.build(content, signer.cert()));
    if (embedSigner) certificates.add(signer.cert());
    for (var at = embedChain ? signer.issuer() : null; at != null && at.issuer() != null; at = at.issuer()) {
      if (!certificates.contains(at.cert())) certificates.add(at.cert());
    }
    for (var more : alsoEmbed) certificates.add(more.cert());
  }

  private AttributeTable signedAttributes(Map<?, ?> given) {
    try {
      Hashtable<ASN1ObjectIdentifier, Attribute> table = new Hashtable<>();
      put(table, CMSAttributes.contentType, contentType == null ? CMSObjectIdentifiers.data : new ASN1ObjectIdentifier(contentType));
      byte[] told = digest == null ? (byte[]) given.get(CMSAttributeTableGenerator.DIGEST) : digest;
      put(table, CMSAttributes.messageDigest, new DEROctetString(told));
      if (signingTime != null) put(table, CMSAttributes.signingTime, new DERUTCTime(Date.from(signingTime)));
      if (signingCertificate) {
        var cert = claimed == null ? signer.cert() : claimed;
        var hash = MessageDigest.getInstance("SHA-256").digest(cert.getEncoded());
        put(table, PKCSObjectIdentifiers.id_aa_signingCertificateV2, new SigningCertificateV2(new ESSCertIDv2(hash)));
      }
      return new AttributeTable(table);
    } catch (Exception error) {
      throw new IllegalStateException(error);
    }
  }

  private static void put(Hashtable<ASN1ObjectIdentifier, Attribute> table, ASN1ObjectIdentifier type, ASN1Encodable value) {
    table.put(type, new Attribute(type, new DERSet(value)));
  }

  private CMSSignedData stamp(CMSSignedData signed) throws Exception {
    SignerInformation first = signed.getSignerInfos().getSigners().iterator().next();
    byte[] token = token(stampedInstead == null ? first.getSignature() : stampedInstead, tsa, stampedAt);
    var unsigned = new AttributeTable(new Attribute(
      PKCSObjectIdentifiers.id_aa_signatureTimeStampToken, new DERSet(ASN1Primitive.fromByteArray(token))));
    return CMSSignedData.replaceSigners(signed, new SignerInformationStore(SignerInformation.replaceUnsignedAttributes(first, unsigned)));
  }

  /** A time-stamp token (RFC 3161) over `stamped`. */
  static byte[] token(byte[] stamped, Pki.Holder authority, Instant at) throws Exception {
    var imprint = new MessageImprint(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256, DERNull.INSTANCE),
      MessageDigest.getInstance("SHA-256").digest(stamped));
    var info = new TSTInfo(new ASN1ObjectIdentifier("1.2.3.4.1"), imprint, new ASN1Integer(at.toEpochMilli()),
      new ASN1GeneralizedTime(Date.from(at)), null, null, null, null, null);
    Cms cms = Cms.by(authority).at(at.toString()).type("1.2.840.113549.1.9.16.1.4");
    var generator = new CMSSignedDataGenerator();
    List<X509CertificateHolder> certificates = new ArrayList<>();
    cms.add(generator, certificates);
    generator.addCertificates(new CollectionStore<>(certificates));
    var content = new CMSProcessableByteArray(PKCSObjectIdentifiers.id_ct_TSTInfo, info.getEncoded(ASN1Encoding.DER));
    return generator.generate(content, true).toASN1Structure().getEncoded(ASN1Encoding.DER);
  }
}
