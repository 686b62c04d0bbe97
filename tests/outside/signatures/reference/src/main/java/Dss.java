import eu.europa.esig.dss.alert.LogOnStatusAlert;
import eu.europa.esig.dss.alert.SilentOnStatusAlert;
import eu.europa.esig.dss.cades.CAdESSignatureParameters;
import eu.europa.esig.dss.cades.signature.CAdESService;
import eu.europa.esig.dss.crl.CRLUtils;
import eu.europa.esig.dss.enumerations.*;
import eu.europa.esig.dss.jaxb.object.Message;
import eu.europa.esig.dss.model.*;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.pades.PAdESSignatureParameters;
import eu.europa.esig.dss.pades.signature.PAdESService;
import eu.europa.esig.dss.policy.EtsiValidationPolicy;
import eu.europa.esig.dss.policy.ValidationPolicyFacade;
import eu.europa.esig.dss.policy.jaxb.*;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.spi.x509.revocation.crl.CRLSource;
import eu.europa.esig.dss.spi.x509.revocation.crl.CRLToken;
import eu.europa.esig.dss.spi.x509.revocation.ocsp.OCSPSource;
import eu.europa.esig.dss.spi.x509.revocation.ocsp.OCSPToken;
import eu.europa.esig.dss.spi.x509.tsp.KeyEntityTSPSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import java.security.Signature;
import java.time.Instant;
import java.util.*;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.OCSPResp;

/** EU DSS over the invented world: signs as it does, and says what it thinks. */
final class Dss {
  static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private final Pki pki;

  Dss(Pki pki) { this.pki = pki; }

  byte[] pades(byte[] pdf, String signer, SignatureLevel level, boolean pss, String at) throws Exception {
    var holder = pki.holders.get(signer);
    var parameters = new PAdESSignatureParameters();
    common(parameters, holder, level, pss, at);
    parameters.setContentSize(level == SignatureLevel.PAdES_BASELINE_B ? 7000 : 12000);
    parameters.getArchiveTimestampParameters();
    var service = new PAdESService(verifier());
    service.setTspSource(tsp(at));
    var document = new InMemoryDocument(pdf, "request.pdf", MimeTypeEnum.PDF);
    var toSign = service.getDataToSign(document, parameters);
    return DSSUtils.toByteArray(service.signDocument(document, parameters, value(holder, parameters.getSignatureAlgorithm(), toSign)));
  }

  byte[] cades(byte[] content, String signer, SignatureLevel level, boolean detached, String at) throws Exception {
    var holder = pki.holders.get(signer);
    var parameters = new CAdESSignatureParameters();
    common(parameters, holder, level, false, at);
    parameters.setSignaturePackaging(detached ? SignaturePackaging.DETACHED : SignaturePackaging.ENVELOPING);
    var service = new CAdESService(verifier());
    service.setTspSource(tsp(at));
    var document = new InMemoryDocument(content, "request.pdf");
    var toSign = service.getDataToSign(document, parameters);
    return DSSUtils.toByteArray(service.signDocument(document, parameters, value(holder, parameters.getSignatureAlgorithm(), toSign)));
  }

  private void common(CAdESSignatureParameters parameters, Pki.Holder holder, SignatureLevel level, boolean pss, String at)
    throws Exception {
    parameters.setSignatureLevel(level);
    parameters.setDigestAlgorithm(DigestAlgorithm.SHA256);
    parameters.setSigningCertificate(token(holder));
    parameters.setCertificateChain(chain(holder));
    if (pss) parameters.setEncryptionAlgorithm(EncryptionAlgorithm.RSASSA_PSS);
    parameters.bLevel().setSigningDate(Date.from(Instant.parse(at)));
  }

  private static SignatureValue value(Pki.Holder holder, SignatureAlgorithm algorithm, ToBeSigned toSign) throws Exception {
    var signature = Signature.getInstance(algorithm.getJCEId(), "BC");
    signature.initSign(holder.key());
    signature.update(toSign.getBytes());
    return new SignatureValue(algorithm, signature.sign());
  }

  private KeyEntityTSPSource tsp(String at) {
    var authority = pki.holders.get("tsa");
    var source = new KeyEntityTSPSource(authority.key(), token(authority), chain(authority));
    source.setTsaPolicy("1.2.3.4.1");
    source.setProductionTime(Date.from(Instant.parse(at).plusSeconds(5)));
    return source;
  }

  static CertificateToken token(Pki.Holder holder) {
    try { return DSSUtils.loadCertificate(holder.cert().getEncoded()); } catch (Exception error) { throw new IllegalStateException(error); }
  }

  private static List<CertificateToken> chain(Pki.Holder holder) {
    List<CertificateToken> all = new ArrayList<>();
    for (var at = holder; at != null; at = at.issuer()) all.add(token(at));
    return all;
  }

  CommonCertificateVerifier verifier() {
    var trusted = new CommonTrustedCertificateSource();
    trusted.addCertificate(token(pki.holders.get("root")));
    trusted.addCertificate(token(pki.holders.get("listed")));
    var verifier = new CommonCertificateVerifier();
    verifier.setTrustedCertSources(trusted);
    verifier.setAIASource(null);
    verifier.setCrlSource((CRLSource) this::crl);
    verifier.setOcspSource((OCSPSource) this::ocsp);
    verifier.setAlertOnMissingRevocationData(new SilentOnStatusAlert());
    verifier.setAlertOnUncoveredPOE(new SilentOnStatusAlert());
    verifier.setAlertOnRevokedCertificate(new SilentOnStatusAlert());
    verifier.setAlertOnInvalidTimestamp(new LogOnStatusAlert());
    verifier.setAlertOnExpiredCertificate(new SilentOnStatusAlert());
    verifier.setAlertOnNotYetValidCertificate(new SilentOnStatusAlert());
    verifier.setAlertOnNoRevocationAfterBestSignatureTime(new SilentOnStatusAlert());
    return verifier;
  }

  private CRLToken crl(CertificateToken certificate, CertificateToken issuer) {
    try {
      for (var address : eu.europa.esig.dss.spi.CertificateExtensionsUtils.getCRLAccessUrls(certificate)) {
        byte[] bytes = pki.web.get(address);
        if (bytes == null) continue;
        var token = new CRLToken(certificate, CRLUtils.buildCRLValidity(CRLUtils.buildCRLBinary(bytes), issuer));
        token.setExternalOrigin(RevocationOrigin.EXTERNAL);
        return token;
      }
      return null;
    } catch (Exception error) { throw new IllegalStateException(error); }
  }

  private OCSPToken ocsp(CertificateToken certificate, CertificateToken issuer) {
    try {
      for (var address : eu.europa.esig.dss.spi.CertificateExtensionsUtils.getOCSPAccessUrls(certificate)) {
        byte[] bytes = pki.web.get(address);
        if (bytes == null) continue;
        var basic = (BasicOCSPResp) new OCSPResp(bytes).getResponseObject();
        var token = new OCSPToken(basic, basic.getResponses()[0], certificate, issuer);
        token.setExternalOrigin(RevocationOrigin.EXTERNAL);
        return token;
      }
      return null;
    } catch (Exception error) { throw new IllegalStateException(error); }
  }

  /** One map a signature, in the order of the file; an empty list when DSS sees none, or what it threw. */
  Object judge(byte[] file, String name, byte[] content, boolean asTheTown) {
    try {
      var validator = SignedDocumentValidator.fromDocument(new InMemoryDocument(file, name));
      validator.setCertificateVerifier(verifier());
      validator.setValidationTime(Date.from(NOW));
      if (content != null) validator.setDetachedContents(List.of(new InMemoryDocument(content, "content")));
      var policy = asTheTown ? townPolicy() : ValidationPolicyFacade.newFacade().getDefaultValidationPolicy();
      var report = validator.validateDocument(policy).getSimpleReport();
      List<Map<String, Object>> all = new ArrayList<>();
      for (String id : report.getSignatureIdList()) {
        Map<String, Object> verdict = new LinkedHashMap<>();
        verdict.put("indication", report.getIndication(id).name());
        verdict.put("sub", report.getSubIndication(id) == null ? null : report.getSubIndication(id).name());
        verdict.put("format", report.getSignatureFormat(id).name());
        verdict.put("errors", keys(report.getAdESValidationErrors(id)));
        verdict.put("warnings", keys(report.getAdESValidationWarnings(id)));
        all.add(verdict);
      }
      return all;
    } catch (Exception error) {
      return Map.of("refused", error.getClass().getSimpleName());
    }
  }

  private static List<String> keys(List<Message> messages) { return messages.stream().map(Message::getKey).distinct().sorted().toList(); }

  /** The default policy, stricter where a town hall must be: for each of these, DSS would only warn. */
  private static EtsiValidationPolicy townPolicy() throws Exception {
    var policy = ValidationPolicyFacade.newFacade().unmarshall(
      Dss.class.getResourceAsStream("/policy/constraint.xml"));
    var basic = policy.getSignatureConstraints().getBasicSignatureConstraints();
    basic.getSigningCertificate().getKeyUsage().setLevel(Level.FAIL);
    basic.getSigningCertificate().getNotSelfSigned().setLevel(Level.FAIL);
    basic.getSigningCertificate().setRevocationFreshness(null);
    basic.getSigningCertificate().setRevocationFreshnessNextUpdate(fail());
    basic.getCACertificate().setRevocationFreshness(null);
    basic.getCACertificate().setRevocationFreshnessNextUpdate(fail());
    basic.setDocMDP(fail());
    basic.setFieldMDP(fail());
    basic.setSigFieldLock(fail());
    basic.setUndefinedChanges(fail());
    basic.setAnnotationChanges(fail());
    basic.setByteRangeCollision(fail());
    policy.getSignatureConstraints().getSignedAttributes().setSigningCertificatePresent(fail());
    policy.getSignatureConstraints().getSignedAttributes().setUnicitySigningCertificate(fail());
    return new EtsiValidationPolicy(policy);
  }

  private static LevelConstraint fail() {
    var constraint = new LevelConstraint();
    constraint.setLevel(Level.FAIL);
    return constraint;
  }
}
