import static eu.europa.esig.dss.enumerations.SignatureLevel.*;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Every file with what is right or wrong about it, in one list. */
final class Cases {
  record Case(String name, String what, byte[] bytes, String contentName, byte[] content) {}

  private final Pki pki;
  private final Dss dss;
  private final List<Case> all = new ArrayList<>();

  Cases(Pki pki, Dss dss) { this.pki = pki; this.dss = dss; }

  private Pki.Holder who(String id) { return pki.holders.get(id); }
  private Cms by(String id) { return Cms.by(who(id)); }
  private void pdf(String name, String what, byte[] bytes) { all.add(new Case(name + ".pdf", what, bytes, null, null)); }
  private void cms(String name, String what, byte[] bytes, String contentName, byte[] content) {
    all.add(new Case(name, what, bytes, contentName, content));
  }

  List<Case> all() throws Exception {
    byte[] request = Papers.request(false), packed = Papers.request(true), form = Papers.form();
    good(request, packed, form);
    byte[] signed = Papers.sign(request, by("jovana"), 0);
    changed(request, form, signed);
    cut(signed);
    certificates(request);
    attributes(request);
    stamps(request);
    detached(request);
    odd(request, signed);
    several(request);
    return all;
  }

  private void good(byte[] request, byte[] packed, byte[] form) throws Exception {
    String at = Papers.SIGNED_AT;
    pdf("b-rsa", "PAdES B-B, RSA", dss.pades(request, "jovana", PAdES_BASELINE_B, false, at));
    pdf("b-pss", "PAdES B-B, RSASSA-PSS", dss.pades(request, "jovana", PAdES_BASELINE_B, true, at));
    pdf("b-ecdsa", "PAdES B-B, ECDSA on P-256", dss.pades(request, "jovana-ec", PAdES_BASELINE_B, false, at));
    pdf("b-ecdsa-384", "ECDSA on P-384 with SHA-384", Papers.sign(request, by("jovana-ec384").algorithm("SHA384withECDSA"), 0));
    pdf("b-ecdsa-521", "ECDSA on P-521 with SHA-512", Papers.sign(request, by("jovana-ec521").algorithm("SHA512withECDSA"), 0));
    pdf("b-rsa-512", "RSA with SHA-512", Papers.sign(request, by("jovana").algorithm("SHA512withRSA"), 0));
    pdf("b-listed", "issued right below a listed authority, which gives no revocation address",
      Papers.sign(request, by("jovana-listed"), 0));
    pdf("b-packed", "the file has object and cross-reference streams", Papers.sign(packed, by("jovana"), 0));
    pdf("t-rsa", "PAdES B-T", dss.pades(request, "jovana", PAdES_BASELINE_T, false, at));
    pdf("t-ecdsa", "PAdES B-T, ECDSA", dss.pades(packed, "jovana-ec", PAdES_BASELINE_T, false, at));
    pdf("lt-rsa", "PAdES B-LT", dss.pades(request, "jovana", PAdES_BASELINE_LT, false, at));
    pdf("lta-rsa", "PAdES B-LTA", dss.pades(request, "jovana", PAdES_BASELINE_LTA, false, at));
    pdf("two-signers", "two people, one after the other", Papers.sign(Papers.sign(request, by("jovana"), 0), by("marko"), 0));
    pdf("two-signers-dss", "two people, the second with a time stamp",
      dss.pades(dss.pades(request, "jovana", PAdES_BASELINE_B, false, at),
        "marko", PAdES_BASELINE_T, false, "2026-11-24T09:10:00Z"));
    pdf("certified", "certified, nothing may change", Papers.sign(request, by("jovana"), 1));
    pdf("form-filled-before", "form filled, then signed", Papers.sign(Papers.fill(form), by("jovana"), 0));
    pdf("adobe-subfilter", "the older subfilter of PDF itself", Papers.sign(request, by("jovana").at(at), 0, at, "adbe.pkcs7.detached"));
    pdf("adobe-without-attribute", "the older subfilter, signing certificate not named",
      Papers.sign(request, by("jovana").at(at).without("signing-certificate"), 0, at, "adbe.pkcs7.detached"));
    pdf("other-person", "well signed by Marko", Papers.sign(request, by("marko"), 0));
    pdf("no-number", "the certificate names no personal number", Papers.sign(request, by("nameless"), 0));
  }

  private void changed(byte[] request, byte[] form, byte[] signed) throws Exception {
    pdf("filled-after", "form filled after signing, nothing said about it", Papers.fill(Papers.sign(form, by("jovana"), 0)));
    pdf("filled-after-allowed", "certified: forms may be filled, and it was", Papers.fill(Papers.sign(form, by("jovana"), 2)));
    pdf("filled-after-forbidden", "certified: nothing may change, but the form was filled",
      Papers.fill(Papers.sign(form, by("jovana"), 1)));
    pdf("note-after", "a note added after signing", Papers.annotate(signed));
    pdf("note-after-allowed", "certified: notes may be added, and one was", Papers.annotate(Papers.sign(request, by("jovana"), 3)));
    pdf("note-after-forbidden", "certified: only forms, but a note was added", Papers.annotate(Papers.sign(request, by("jovana"), 2)));
    pdf("signed-after-certified", "certified for forms, then signed by another",
      Papers.sign(Papers.sign(request, by("jovana"), 2), by("marko"), 0));
    pdf("signed-after-closed", "certified: nothing may change, then signed by another",
      Papers.sign(Papers.sign(request, by("jovana"), 1), by("marko"), 0));
    pdf("other-text", "a later revision shows another text", Papers.otherText(signed));
    pdf("other-pages", "a later revision shows other pages", Papers.otherPages(signed));
    pdf("more-pages", "a page added after signing", Papers.morePages(signed));
    pdf("other-title", "a later revision changes the title", Papers.otherTitle(signed));
    pdf("other-text-then-signed", "text changed after the first signature, then signed by another",
      Papers.sign(Papers.otherText(signed), by("marko"), 0));
    pdf("tail", "bytes that belong to nothing after the end", join(signed, "\n% a remark\n".getBytes()));
  }

  private void cut(byte[] signed) throws Exception {
    int[] range = Bytes.range(signed);
    pdf("flipped-before", "one byte of the signed part changed", Bytes.replace(signed, "birthsX", "birthsX", 0));
    byte[] early = signed.clone();
    early[Bytes.find(signed, "%PDF-") + 9] ^= 1;
    all.set(all.size() - 1, new Case("flipped-before.pdf", "one byte of the signed part changed", early, null, null));
    byte[] late = signed.clone();
    late[Bytes.find(signed, "/ID") + 6] ^= 1;
    pdf("flipped-behind", "one byte of the second signed part changed", late);
    byte[] value = signed.clone();
    int at = range[1] + 1 + 2 * (Bytes.cmsLength(signed) - 20);
    value[at] = (byte) (value[at] == '0' ? '1' : '0');
    pdf("flipped-value", "one digit of the signature value changed", value);
    pdf("gap", "the range leaves out more than the signature", Bytes.gap(signed));
    pdf("range-from-one", "the range does not begin with the file",
      Bytes.setRange(signed, new int[] { 1, range[1] - 1, range[2], range[3] }));
    pdf("range-short", "the range ends before the revision does",
      Bytes.setRange(signed, new int[] { 0, range[1], range[2], range[3] - 10 }));
    pdf("range-beyond", "the range ends after the file does", Bytes.setRange(signed, new int[] { 0, range[1], range[2], range[3] + 9 }));
    pdf("range-negative", "a range with a negative length", Bytes.setRange(signed, new int[] { 0, range[1], range[2], -5 }));
    pdf("range-overlap", "the two parts of the range overlap", Bytes.setRange(signed, new int[] { 0, range[1], range[1] - 20, range[3] }));
    pdf("range-missing", "no range", Bytes.replace(signed, "/ByteRange", "/ByteBange", 1));
    pdf("value-empty", "only zeros where the signature should be", Bytes.blank(signed, range));
    pdf("value-garbage", "noise where the signature should be", Bytes.noise(signed, range));
    pdf("truncated", "the file breaks off", Arrays.copyOf(signed, signed.length - 400));
    pdf("truncated-in-value", "the file breaks off within the signature", Arrays.copyOf(signed, range[1] + 2000));
  }

  private void certificates(byte[] request) throws Exception {
    for (String[] each : new String[][] {
      { "expired", "certificate expired before signing" }, { "not-yet", "certificate not valid yet" },
      { "expires-soon", "certificate valid when signed, expired since; no time stamp" },
      { "revoked-early", "revoked before signing" }, { "revoked-late", "revoked after signing; no time stamp" }, { "held", "suspended" },
      { "only-login", "certificate for login, not for signing" }, { "only-cipher", "certificate for encryption" },
      { "no-usage", "certificate without a usage" },
      { "unlisted", "issued by an authority nobody lists" }, { "self-made", "issued by the signer" },
      { "no-status", "no way to ask for revocation" },
      { "of-withdrawn", "the issuer was revoked" }, { "of-not-ca", "the issuer is no authority" },
      { "of-stale", "the revocation list is old" },
      { "jovana-rsa1024", "an RSA key of 1024 bits" }, { "sha1-cert", "the certificate is signed with SHA-1" },
      { "expired-kept", "expired before signing, the list keeps expired ones" },
      { "expires-soon-kept", "expired since, the list keeps expired ones" },
      { "expired-revoked-kept", "revoked after signing and expired since" },
      { "ocsp-good", "status by OCSP: good" }, { "ocsp-revoked", "status by OCSP: revoked" },
      { "ocsp-forged", "status by OCSP: answered by a stranger" },
    }) pdf("cert-" + each[0], each[1], Papers.sign(request, by(each[0]), 0));
  }

  private void attributes(byte[] request) throws Exception {
    pdf("attr-none", "no signed attributes", Papers.sign(request, by("jovana").without("attributes"), 0));
    pdf("attr-no-certificate-name", "the signing certificate is not named",
      Papers.sign(request, by("jovana").without("signing-certificate"), 0));
    pdf("attr-other-certificate", "another certificate is named", Papers.sign(request, by("jovana").claims(who("marko")), 0));
    pdf("attr-other-digest", "digest of something else", Papers.sign(request, by("jovana").digestOf("something else"), 0));
    pdf("attr-other-type", "content type of something else", Papers.sign(request, by("jovana").type("1.2.840.113549.1.7.3"), 0));
    pdf("attr-other-key", "signed by a key that is not the certificate's", Papers.sign(request, by("jovana").key(who("marko")), 0));
    pdf("attr-no-certificate", "the certificate is not in the file", Papers.sign(request, by("jovana").without("certificate"), 0));
    pdf("attr-no-chain", "the issuer's certificate is not in the file", Papers.sign(request, by("jovana").without("chain"), 0));
    pdf("attr-no-time", "no signing time", Papers.sign(request, by("jovana"), 0, null, "ETSI.CAdES.detached"));
    pdf("attr-future", "signing time in the future", Papers.sign(request, by("jovana"), 0, "2026-12-24T09:00:00Z", "ETSI.CAdES.detached"));
    pdf("attr-two-signers", "two signers in one signature", Papers.sign(request, by("jovana").together(by("marko")), 0));
    pdf("sha1", "RSA with SHA-1", Papers.sign(request, by("jovana").algorithm("SHA1withRSA"), 0));
    pdf("md5", "RSA with MD5", Papers.sign(request, by("jovana").algorithm("MD5withRSA"), 0));
    pdf("sha224", "RSA with SHA-224", Papers.sign(request, by("jovana").algorithm("SHA224withRSA"), 0));
  }

  private void stamps(byte[] request) throws Exception {
    String then = "2026-11-24T09:00:05Z";
    pdf("stamp-good", "time stamp", Papers.sign(request, by("jovana").stamped(who("tsa"), then), 0));
    pdf("stamp-stranger", "time stamp of an authority nobody lists",
      Papers.sign(request, by("jovana").stamped(who("stranger-tsa"), then), 0));
    pdf("stamp-other", "time stamp of something else", Papers.sign(request, by("jovana").stamped(who("tsa"), then, "something else"), 0));
    pdf("stamp-no-authority", "time stamp by a certificate that is not for it",
      Papers.sign(request, by("jovana").stamped(who("no-eku-tsa"), then), 0));
    pdf("stamp-then-expired", "stamped while valid, expired since", Papers.sign(request, by("expires-soon").stamped(who("tsa"), then), 0));
    pdf("stamp-after-expired", "stamped after it expired",
      Papers.sign(request, by("expires-soon").stamped(who("tsa"), "2026-11-24T10:30:00Z"), 0));
    pdf("stamp-then-revoked", "stamped before it was revoked", Papers.sign(request, by("revoked-late").stamped(who("tsa"), then), 0));
    pdf("stamp-after-revoked", "stamped after it was revoked",
      Papers.sign(request, by("revoked-late").stamped(who("tsa"), "2026-11-24T11:00:00Z"), 0));
    pdf("stamp-stranger-expired", "stamped by a stranger, expired since",
      Papers.sign(request, by("expires-soon").stamped(who("stranger-tsa"), then), 0));
    pdf("stamp-then-expired-kept", "stamped while valid, expired since, the list keeps expired ones",
      Papers.sign(request, by("expires-soon-kept").stamped(who("tsa"), then), 0));
    pdf("stamp-after-expired-kept", "stamped after it expired, the list keeps expired ones",
      Papers.sign(request, by("expires-soon-kept").stamped(who("tsa"), "2026-11-24T10:30:00Z"), 0));
    pdf("stamp-then-both-kept", "stamped, then revoked, then expired",
      Papers.sign(request, by("expired-revoked-kept").stamped(who("tsa"), then), 0));
    pdf("stamp-stranger-expired-kept", "stamped by a stranger, expired since, the list keeps expired ones",
      Papers.sign(request, by("expires-soon-kept").stamped(who("stranger-tsa"), then), 0));
    pdf("stamp-then-sha1", "SHA-1 with a time stamp",
      Papers.sign(request, by("jovana").algorithm("SHA1withRSA").stamped(who("tsa"), then), 0));
    pdf("lt-expired-kept", "PAdES B-LT, expired since",
      dss.pades(request, "expires-soon-kept", PAdES_BASELINE_LT, false, Papers.SIGNED_AT));
    pdf("stamp-before-claimed", "stamped before the claimed time of signing",
      Papers.sign(request, by("jovana").stamped(who("tsa"), "2026-11-24T08:00:00Z"), 0));
    pdf("stamp-future", "stamped in the future", Papers.sign(request, by("jovana").stamped(who("tsa"), "2026-12-24T09:00:00Z"), 0));
  }

  private void detached(byte[] request) throws Exception {
    byte[] other = "Another file".getBytes(StandardCharsets.UTF_8);
    byte[] altered = request.clone();
    altered[request.length / 2] ^= 1;
    String at = Papers.SIGNED_AT;
    byte[] good = dss.cades(request, "jovana", CAdES_BASELINE_B, true, at);
    all.add(new Case("request.pdf", "the request itself, not signed", request, null, null));
    all.add(new Case("altered.pdf", "the request, altered", altered, null, null));
    all.add(new Case("other.txt", "another file", other, null, null));
    cms("detached-rsa.p7s", "CAdES B-B beside the file", good, "request.pdf", request);
    cms("detached-t.p7s", "CAdES B-T beside the file", dss.cades(request, "jovana-ec", CAdES_BASELINE_T, true, at), "request.pdf", request);
    cms("detached-lt.p7s", "CAdES B-LT beside the file", dss.cades(request, "jovana", CAdES_BASELINE_LT, true, at), "request.pdf", request);
    cms("detached-altered.p7s", "the file beside it was altered", good, "altered.pdf", altered);
    cms("detached-other.p7s", "beside another file", good, "other.txt", other);
    cms("detached-alone.p7s", "nothing beside it", good, null, null);
    cms("detached-no-attributes.p7s", "no signed attributes", by("jovana").without("attributes").sign(request), "request.pdf", request);
    cms("detached-no-certificate-name.p7s", "the signing certificate is not named",
      by("jovana").at(at).without("signing-certificate").sign(request), "request.pdf", request);
    cms("detached-no-time.p7s", "no signing time", by("jovana").sign(request), "request.pdf", request);
    cms("detached-sha1.p7s", "SHA-1", by("jovana").at(at).algorithm("SHA1withRSA").sign(request), "request.pdf", request);
    cms("detached-revoked.p7s", "revoked before signing", by("revoked-early").at(at).sign(request), "request.pdf", request);
    cms("detached-two.p7s", "two signers side by side",
      by("jovana").at(at).together(by("marko").at(at)).sign(request), "request.pdf", request);
    byte[] value = good.clone();
    value[good.length - 30] ^= 1;
    cms("detached-flipped.p7s", "one byte of the signature value changed", value, "request.pdf", request);
    cms("detached-truncated.p7s", "breaks off", Arrays.copyOf(good, good.length - 50), "request.pdf", request);
    cms("inside.p7m", "CAdES B-B around the file", dss.cades(request, "jovana", CAdES_BASELINE_B, false, at), null, null);
    byte[] inside = by("jovana").at(at).enveloped().sign(request);
    cms("inside-plain.p7m", "a signature around the file", inside, null, null);
    byte[] flipped = inside.clone();
    flipped[Bytes.find(inside, "birth")] ^= 1;
    cms("inside-altered.p7m", "the file within was altered", flipped.length == inside.length ? flipped : inside, null, null);
  }

  private void odd(byte[] request, byte[] signed) throws Exception {
    pdf("not-signed", "no signature", request);
    pdf("empty-field", "a field that waits for a signature", Papers.unsignedField());
    pdf("encrypted", "locked with a password", Papers.encrypted());
    pdf("broken", "begins like a PDF, goes on as noise", join("%PDF-1.7\n".getBytes(), Bytes.random(3000)));
    pdf("only-header", "nothing but the first line", "%PDF-1.7\n".getBytes());
    pdf("xref-lost", "the table of objects points nowhere", Bytes.replace(signed, "startxref", "startxreX", 9));
  }

  /** Two faults in one file: which of them is told. */
  private void several(byte[] request) throws Exception {
    pdf("both-unlisted-digest", "unlisted issuer, digest of something else", Papers.sign(request, by("unlisted").digestOf("x"), 0));
    pdf("both-unlisted-sha1", "unlisted issuer, SHA-1", Papers.sign(request, by("unlisted").algorithm("SHA1withRSA"), 0));
    pdf("both-unlisted-no-time", "unlisted issuer, no signing time", Papers.sign(request, by("unlisted"), 0, null, "ETSI.CAdES.detached"));
    pdf("both-revoked-digest", "revoked, digest of something else", Papers.sign(request, by("revoked-early").digestOf("x"), 0));
    pdf("both-revoked-sha1", "revoked, SHA-1", Papers.sign(request, by("revoked-early").algorithm("SHA1withRSA"), 0));
    pdf("both-revoked-no-time", "revoked, no signing time", Papers.sign(request, by("revoked-early"), 0, null, "ETSI.CAdES.detached"));
    pdf("both-login-digest", "certificate for login, digest of something else", Papers.sign(request, by("only-login").digestOf("x"), 0));
    pdf("both-expired-key", "expired, signed by another key", Papers.sign(request, by("expired-kept").key(who("marko")), 0));
    pdf("both-expired-sha1", "expired, SHA-1", Papers.sign(request, by("expired-kept").algorithm("SHA1withRSA"), 0));
    pdf("both-login-expired", "certificate without a name, and a key of 1024 bits with SHA-1",
      Papers.sign(request, by("jovana-rsa1024").without("signing-certificate").algorithm("SHA1withRSA"), 0));
    pdf("both-page-digest", "a page added, and the digest is of something else",
      Papers.morePages(Papers.sign(request, by("jovana").digestOf("x"), 0)));
    pdf("both-sha1-no-time", "SHA-1, no signing time",
      Papers.sign(request, by("jovana").algorithm("SHA1withRSA"), 0, null, "ETSI.CAdES.detached"));
    pdf("both-signers", "two people, the second revoked", Papers.sign(Papers.sign(request, by("jovana"), 0), by("revoked-early"), 0));
  }

  static byte[] join(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
